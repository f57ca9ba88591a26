package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {
  private final ServerBinary binary = Scripts.binary();
  private final Progress silent = line -> {};
  @TempDir Path folder;

  private BinaryCache cache() {
    return new BinaryCache(folder, silent);
  }

  @Test
  void theFolderForCachesOfTheUserIsRespected() {
    BinaryCache cache = BinaryCache.of(Map.of("XDG_CACHE_HOME", "/caches", "HOME", "/h"), silent);

    assertThat(cache.folder()).isEqualTo(Path.of("/caches/meshkeel/testbed"));
  }

  @Test
  void withoutItTheHomeFolderHoldsTheCache() {
    assertThat(BinaryCache.of(Map.of("HOME", "/h"), silent).folder())
        .isEqualTo(Path.of("/h/.cache/meshkeel/testbed"));
  }

  @Test
  void whatIsStoredIsFoundAndExecutable() throws IOException {
    Path made = Files.writeString(folder.resolve("made"), "binary");

    Path stored = cache().store(binary, made);

    assertThat(stored).isEqualTo(folder.resolve(binary.fileName())).isExecutable();
    assertThat(cache().find(binary)).contains(stored);
    assertThat(made).doesNotExist();
  }

  @Test
  void aBinaryOfAnotherBuildDefinitionIsStale() throws IOException {
    cache().store(binary, Files.writeString(folder.resolve("made"), "binary"));
    Files.writeString(folder.resolve(binary.fileName() + ".from"), "another digest\n");

    assertThat(cache().find(binary)).isEmpty();
  }

  @Test
  void aBinaryPutThereByHandIsTaken() throws IOException {
    Path placed = Scripts.program(folder.resolve(binary.fileName()), binary.version());

    assertThat(cache().find(binary)).contains(placed);
  }

  @Test
  void aFileThatIsNotExecutableIsNotTaken() throws IOException {
    Files.writeString(folder.resolve(binary.fileName()), "half");

    assertThat(cache().find(binary)).isEmpty();
  }

  @Test
  void aNewBinaryReplacesAStaleOne() throws IOException {
    cache().store(binary, Files.writeString(folder.resolve("old"), "old"));
    Files.writeString(folder.resolve(binary.fileName() + ".from"), "another digest\n");

    Path stored = cache().store(binary, Files.writeString(folder.resolve("new"), "new"));

    assertThat(stored).hasContent("new");
    assertThat(cache().find(binary)).contains(stored);
  }

  @Test
  void workUnderOneNameIsDoneByOneThreadAtATime() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 40; i++) {
        threads.submit(() ->
            cache()
                .locked(
                    "name",
                    () -> {
                      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                      Thread.onSpinWait();
                      inside.decrementAndGet();
                      return done.incrementAndGet();
                    }));
      }
    }
    assertThat(done).hasValue(40);
    assertThat(most).hasValue(1);
  }

  @Test
  void aLockIsFreeAgainAfterWorkThatFailed() throws Exception {
    BinaryCache cache = cache();
    try {
      cache.locked(
          "name",
          () -> {
            throw new IOException("broken");
          });
    } catch (IOException e) {
      assertThat(e).hasMessage("broken");
    }

    assertThat(cache.<String>locked("name", () -> "next")).isEqualTo("next");
  }

  @Test
  void aWorkFolderStartsEmptyWhateverAKilledProcessLeft() throws IOException {
    Path work = cache().emptyWorkFolder("name");
    Files.writeString(Files.createDirectories(work.resolve("a/b")).resolve("half"), "half");

    assertThat(cache().emptyWorkFolder("name")).isEqualTo(work).isEmptyDirectory();
  }
}

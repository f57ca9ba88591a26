package io.meshkeel.testbed;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds with a script in the place of Go. */
class GoBuildTest {
  private final ServerBinary binary = Scripts.binary();
  private final List<String> lines = new ArrayList<>();
  @TempDir Path folder;

  private Path build(String... goScript) throws IOException, InterruptedException {
    Path go = Scripts.script(folder.resolve("go"), goScript);
    return new GoBuild(cache(), go.toString(), lines::add).find(binary).orElseThrow();
  }

  private BinaryCache cache() {
    return new BinaryCache(folder.resolve("cache"), lines::add);
  }

  private List<String> leftInCache() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("cache"))) {
      return all.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void whatWasBuiltIsInTheCacheAndNothingElse() throws Exception {
    Path built = build(Scripts.findOutput(), "echo built > $out");

    assertThat(built).isExecutable().hasContent("built");
    assertThat(cache().find(binary)).contains(built);
    assertThat(leftInCache())
        .containsExactlyInAnyOrder(binary.fileName(), binary.fileName() + ".from");
  }

  @Test
  void theBuildUsesTheFixedChecksumsAndNamesTheVersion() throws Exception {
    Path seen = folder.resolve("seen");
    build(
        "echo \"$@\" > " + seen,
        "grep -c . go.sum >> " + seen,
        Scripts.findOutput(),
        "echo built > $out");

    assertThat(seen)
        .content()
        .startsWith("build -mod=readonly -trimpath")
        .contains("-X version=" + binary.release())
        .contains("-X minor=" + binary.minorRelease() + " ")
        .contains(binary.goPackage());
  }

  @Test
  void aBuildThatNeedsAnotherCompilerSaysSoInsteadOfLeavingAPartOut() throws Exception {
    Path built = build(Scripts.findOutput(), "echo \"cgo $CGO_ENABLED, workspace $GOWORK\" > $out");

    assertThat(built).hasContent("cgo 1, workspace off");
    Files.delete(built);
    assertThatThrownBy(() -> build("echo 'cgo: C compiler \"gcc\" not found'", "exit 1"))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("install gcc");
  }

  @Test
  void progressSaysWhatIsExpected() throws Exception {
    build(Scripts.findOutput(), "echo built > $out");

    assertThat(lines).first().asString().contains(binary.fileName()).contains("about 2 s");
    assertThat(lines).last().asString().startsWith("built " + binary.fileName());
  }

  @Test
  void aFailedBuildShowsTheEndOfItsLogAndLeavesNothing() throws IOException {
    assertThatThrownBy(() ->
            build(
                Scripts.findOutput(),
                "echo half > $out",
                "echo 'main.go:7: undefined: x' >&2",
                "exit 1"))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining(binary.fileName())
        .hasMessageContaining("exit code 1")
        .hasMessageContaining("main.go:7: undefined: x");
    assertThat(leftInCache()).isEmpty();
  }

  @Test
  void aBuildThatLeavesNoFileIsAFailure() throws IOException {
    assertThatThrownBy(() -> build("exit 0"))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("left no executable");
    assertThat(leftInCache()).isEmpty();
  }

  @Test
  void withoutGoTheErrorSaysWhatToInstall() {
    GoBuild build = new GoBuild(cache(), folder.resolve("no-go").toString(), lines::add);

    assertThatThrownBy(() -> build.find(binary))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("Install Go 1.26")
        .hasMessageContaining(binary.variable());
  }

  @Test
  void anInterruptedBuildIsEndedAndLeavesNothing() throws Exception {
    Path pid = folder.resolve("pid");
    Thread building =
        Thread.ofPlatform()
            .start(() -> {
              try {
                build(
                    Scripts.findOutput(), "echo half > $out", "echo $$ > " + pid, "exec sleep 60");
              } catch (IOException | InterruptedException e) {
                lines.add("ended by " + e.getClass().getSimpleName());
              }
            });
    await().until(() -> Files.exists(pid) && Files.size(pid) > 1);

    building.interrupt();
    building.join();

    assertThat(lines).contains("ended by InterruptedException");
    long number = Long.parseLong(Files.readString(pid).strip());
    await().until(() -> ProcessHandle.of(number).filter(ProcessHandle::isAlive).isEmpty());
    assertThat(leftInCache()).isEmpty();
  }

  @Test
  void theRemainsOfAKilledBuildAreGoneAfterTheNext() throws Exception {
    Path work = Files.createDirectories(folder.resolve("cache/work/opa"));
    Files.writeString(work.resolve("opa.new"), "half");

    Path built = build(Scripts.findOutput(), "[ -e $out ] && exit 9", "echo built > $out");

    assertThat(built).hasContent("built");
    assertThat(work).doesNotExist();
  }
}

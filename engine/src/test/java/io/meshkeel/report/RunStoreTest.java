package io.meshkeel.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Debt;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Fix;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunStoreTest {
  @TempDir Path directory;

  private static Revision revision(int n) {
    return new Revision("%016x".formatted(n) + "0".repeat(24));
  }

  private static Run run(int n) {
    Finding finding =
        new Finding(
                "M101",
                Severity.ERROR,
                "wrong",
                new MeshName("shop"),
                new ResourceKey("g", "K", "ns", "n"),
                JsonPath.of("spec", "http", 3, "route"),
                new SourcePosition("meshes/a.yaml", 3, 4, false),
                "fix")
            .with(Fix.of("write b", new Fix.Put(JsonPath.of("spec"), "b")));
    Finding bare =
        new Finding("D001", Severity.ERROR, "no YAML", null, null, JsonPath.ROOT, null, "");
    MeshRun mesh =
        MeshRun.of(
                new Verdict(
                    new MeshName("shop"),
                    Optional.empty(),
                    Verdict.Outcome.DENIED,
                    List.of(finding),
                    "p",
                    Optional.empty(),
                    List.of(),
                    Optional.of(new Debt(Map.of(Severity.WARN, 2), Map.of(Severity.WARN, 3)))),
                revision(9).sha())
            .after(revision(n).sha(), List.of(new DebtRun(revision(9).sha(), 1, 2, 3)))
            .with(
                new ClusterRun(
                    "east",
                    ClusterRun.State.FAILED,
                    "apply_failed",
                    "no",
                    true,
                    12,
                    List.of(new ChangeRun("update", "K ns/n", List.of("spec.x"), "failed", "no")),
                    2))
            .with(new DriftRun("east", 1, List.of("K ns/n: spec.x"), ""));
    return Run.start(revision(n), 0, n).judged(n, "", List.of(bare), List.of(mesh));
  }

  @Test
  void aRunIsReadBackEqualByTheNextProcess() throws Exception {
    try (RunStore store = RunStore.open(directory, 10)) {
      store.put(run(1), true);
      assertThat(store.get(revision(1))).contains(run(1));
    }
    try (RunStore store = RunStore.open(directory, 10)) {
      assertThat(store.get(revision(1))).contains(run(1));
      assertThat(store.open()).containsExactly(run(1));
    }
  }

  @Test
  void aRunThatIsDoneIsNotOpenForTheNextProcess() throws Exception {
    try (RunStore store = RunStore.open(directory, 10)) {
      store.put(run(1), true);
      store.flush();
      store.put(run(1), false);
    }
    try (RunStore store = RunStore.open(directory, 10)) {
      assertThat(store.open()).isEmpty();
      assertThat(store.get(revision(1))).isPresent();
    }
  }

  @Test
  void theOldestRunsGoAndOpenOnesLast() throws Exception {
    try (RunStore store = RunStore.open(directory, 3)) {
      store.put(run(1), true);
      for (int i = 2; i <= 6; i++) {
        store.put(run(i), false);
      }
      assertThat(store.get(revision(1))).isPresent();
      assertThat(store.get(revision(2))).isEmpty();
      assertThat(store.newest(10)).hasSize(3).startsWith(Run.idOf(revision(6)));
      store.flush();
    }
    try (var files = Files.list(directory.resolve("runs"))) {
      assertThat(files.filter(f -> f.toString().endsWith(".json"))).hasSize(3);
    }
  }

  @Test
  void aBrokenFileIsDroppedAndTheRestIsRead() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("runs"));
    Files.writeString(folder.resolve("00000000000000aa.json"), "{\"id\": [");
    Files.writeString(folder.resolve("00000000000000bb.tmp"), "half");
    try (RunStore store = RunStore.open(directory, 10)) {
      store.put(run(1), false);
      assertThat(store.get("00000000000000aa")).isEmpty();
      assertThat(store.get(revision(1))).isPresent();
    }
    assertThat(folder.resolve("00000000000000aa.json")).doesNotExist();
    assertThat(folder.resolve("00000000000000bb.tmp")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../../etc/passwd", "0000000000000001.json", "\u0000", "x"})
  void anIdThatIsNoneFindsNothing(String id) throws Exception {
    try (RunStore store = RunStore.open(directory, 10)) {
      store.put(run(1), false);
      assertThat(store.get(id)).isEmpty();
    }
  }

  @Test
  void aRunWithoutATrendThatAnOlderVersionStoredIsRead() throws Exception {
    try (RunStore store = RunStore.open(directory, 10)) {
      store.put(run(1), false);
    }
    Path file = directory.resolve("runs").resolve(run(1).id() + ".json");
    String text = Files.readString(file);
    String older = text.replaceAll(",\"debt\":\\{.*?\\}\\},\"trend\":\\[.*?\\]", "");
    assertThat(older).isNotEqualTo(text).doesNotContain("trend");
    Files.writeString(file, older);
    try (RunStore store = RunStore.open(directory, 10)) {
      assertThat(store.get(run(1).id()).orElseThrow().meshes().getFirst().trend()).isEmpty();
    }
  }
}

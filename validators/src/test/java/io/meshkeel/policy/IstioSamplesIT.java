package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.declaration.InventoryReader;
import io.meshkeel.declaration.InventoryReading;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import io.meshkeel.testbed.IstioSamples;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * The samples that Istio publishes: none is denied, and each warning is one that {@code
 * samples.yaml} accepts, with the reason. A file is judged with those that its README wants applied
 * before it, beside the workloads of its sample: once in a cluster as Istio's demo profile leaves
 * it, and once with nothing but these workloads.
 */
final class IstioSamplesIT {
  private static final String NAMESPACE = "default";
  private static final SortedMap<String, String> SAMPLES =
      IstioSamples.files(SharedServers.binaries());
  private static final Expected EXPECTED = Expected.read();
  private static TestingOpa opa;

  /**
   * What is EXPECTED.
   *
   * @param before files to be applied before, by folder
   * @param workloads samples whose workloads are there, by folder; else those of its own
   * @param installed what Istio's demo profile installs
   * @param needed what a file needs beside that, by file
   * @param warnings of each file, as {@code RULE path}
   * @param accepted why the warnings of a rule are right
   */
  private record Expected(
      Map<String, List<String>> before,
      Map<String, List<String>> workloads,
      String installed,
      Map<String, String> needed,
      Map<String, List<String>> warnings,
      Map<String, String> accepted) {
    @SuppressWarnings("unchecked") // The file has this shape, or the test fails.
    static Expected read() {
      try (InputStream in =
          Objects.requireNonNull(IstioSamplesIT.class.getResourceAsStream("samples.yaml"))) {
        Map<String, Object> read = new Yaml().load(in);
        return new Expected(
            (Map<String, List<String>>) field(read, "before"),
            (Map<String, List<String>>) field(read, "workloads"),
            (String) field(read, "installed"),
            (Map<String, String>) field(read, "needed"),
            (Map<String, List<String>>) field(read, "warnings"),
            (Map<String, String>) field(read, "accepted"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Object field(Map<String, Object> read, String name) {
    return Objects.requireNonNull(read.get(name), name);
  }

  @BeforeAll
  static void start() throws PolicyException {
    opa = TestingOpa.start(JudgeOptions.of(SharedServers.opaBinary()));
  }

  @AfterAll
  static void stop() {
    opa.close();
  }

  static List<String> files() {
    return SAMPLES.keySet().stream()
        .filter(file -> documents(file).stream().anyMatch(IstioSamplesIT::isIstio))
        .toList();
  }

  private static List<Map<String, Object>> documents(String file) {
    return documentsOf(Objects.requireNonNull(SAMPLES.get(file), file));
  }

  @SuppressWarnings("unchecked") // A Kubernetes object is a map with texts as keys.
  private static List<Map<String, Object>> documentsOf(String text) {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Object document : new Yaml().loadAll(text)) {
      if (document instanceof Map<?, ?> map && map.get("metadata") instanceof Map<?, ?>) {
        documents.add(new HashMap<>((Map<String, Object>) map));
      }
    }
    return documents;
  }

  private static GroupKind kindOf(Map<String, Object> object) {
    String apiVersion = JsonTree.string(object, "apiVersion", "");
    int slash = apiVersion.indexOf('/');
    return new GroupKind(
        slash < 0 ? "" : apiVersion.substring(0, slash), JsonTree.string(object, "kind", ""));
  }

  private static boolean isIstio(Map<String, Object> object) {
    GroupKind kind = kindOf(object);
    return ObservedKinds.ISTIO.contains(kind) || ObservedKinds.GATEWAY_API.contains(kind);
  }

  /** Adds objects to those that are there; an object replaces an earlier one of its name. */
  private static void apply(
      List<Map<String, Object>> objects, Map<String, Map<String, Object>> there) {
    for (Map<String, Object> object : objects) {
      Map<String, Object> metadata = new HashMap<>(JsonTree.map(object, "metadata"));
      if (!ObservedKinds.clusterScoped(kindOf(object))) {
        metadata.putIfAbsent("namespace", NAMESPACE);
      }
      object.put("metadata", metadata);
      GroupKind kind = kindOf(object);
      there.put(
          name(
              new ResourceKey(
                  kind.group(),
                  kind.kind(),
                  JsonTree.string(metadata, "namespace", ""),
                  JsonTree.string(metadata, "name", ""))),
          object);
    }
  }

  private static String name(ResourceKey key) {
    return key.groupKind() + " " + key.namespace() + "/" + key.name();
  }

  private static String folder(String file) {
    return file.substring(0, file.lastIndexOf('/'));
  }

  private static String objects(String file) {
    Map<String, Map<String, Object>> there = new LinkedHashMap<>();
    List<String> all = new ArrayList<>(EXPECTED.before().getOrDefault(folder(file), List.of()));
    all.add(file);
    for (String each : all) {
      apply(documents(each).stream().filter(IstioSamplesIT::isIstio).toList(), there);
    }
    return new Yaml().dumpAll(there.values().iterator());
  }

  private static Evidence evidence(String file, String installed) {
    String sample = file.substring(0, file.indexOf('/'));
    List<String> of = EXPECTED.workloads().getOrDefault(sample, List.of(sample));
    Map<String, Map<String, Object>> there = new LinkedHashMap<>();
    apply(documentsOf(installed), there);
    for (String each : SAMPLES.keySet()) {
      if (of.contains(each.substring(0, each.indexOf('/')))) {
        apply(
            documents(each).stream()
                .filter(object -> ObservedKinds.ALL.contains(kindOf(object)) && !isIstio(object))
                .toList(),
            there);
      }
    }
    apply(documentsOf(EXPECTED.needed().getOrDefault(file, "")), there);
    InventoryReading reading =
        InventoryReader.read(
            Map.of(
                "c1.yaml",
                new Yaml().dumpAll(there.values().iterator()).getBytes(StandardCharsets.UTF_8)));
    assertThat(reading.problems()).isEmpty();
    return new Evidence(reading.inventory(), reading.traffic(), false);
  }

  private static Verdict judge(String file, Evidence evidence) {
    TestingRepository repository = new TestingRepository();
    repository.put("objects.yaml", objects(file));
    Snapshot snapshot = repository.snapshot();
    Verdict verdict =
        opa.newJudge().judge(repository.mesh(snapshot), snapshot, Before.NOTHING, evidence);
    assertThat(verdict.failure()).isEmpty();
    return verdict;
  }

  /** What is said of the objects of the file itself. */
  private static List<String> warnings(String file, Verdict verdict) {
    Map<String, Map<String, Object>> own = new HashMap<>();
    apply(documents(file), own);
    return verdict.findings().stream()
        .filter(finding -> finding.severity() == Severity.WARN)
        .filter(finding -> own.containsKey(name(Objects.requireNonNull(finding.resource()))))
        .map(finding -> finding.ruleId() + " " + finding.path())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("files")
  void aSampleIsAcceptedWhereIstioIsInstalled(String file) {
    Verdict verdict = judge(file, evidence(file, EXPECTED.installed()));

    assertThat(verdict.outcome())
        .as(() -> verdict.findings().toString())
        .isEqualTo(Outcome.ACCEPTED);
    assertThat(warnings(file, verdict))
        .as(() -> verdict.findings().toString())
        .containsExactlyInAnyOrderElementsOf(EXPECTED.warnings().getOrDefault(file, List.of()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aSampleIsAcceptedWhereOnlyItsWorkloadsAreTold(String file) {
    Verdict verdict = judge(file, evidence(file, ""));

    assertThat(verdict.findings())
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .extracting(Finding::oneLine)
        .isEmpty();
    assertThat(verdict.outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void theFilesThatAreNamedAreThere() {
    assertThat(files()).hasSizeGreaterThan(40).containsAll(EXPECTED.warnings().keySet());
    assertThat(SAMPLES.keySet())
        .containsAll(EXPECTED.needed().keySet())
        .containsAll(EXPECTED.before().values().stream().flatMap(List::stream).toList());
  }

  @Test
  void everyWarningIsOneThatItsAuthorsWouldAccept() {
    TreeSet<String> rules = new TreeSet<>();
    EXPECTED
        .warnings()
        .values()
        .forEach(all -> all.forEach(line -> rules.add(line.substring(0, line.indexOf(' ')))));
    assertThat(EXPECTED.accepted().keySet()).containsExactlyInAnyOrderElementsOf(rules);
  }
}

package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Finding;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InventoryReaderTest {
  private static final ClusterName EAST = new ClusterName("east");
  private static final GroupKind VIRTUAL_SERVICE =
      new GroupKind("networking.istio.io", "VirtualService");

  private static InventoryReading read(String... pathsAndTexts) {
    Map<String, byte[]> files = new HashMap<>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return InventoryReader.read(files);
  }

  private static List<String> problems(String... pathsAndTexts) {
    InventoryReading reading = read(pathsAndTexts);
    assertThat(reading.inventory()).isEqualTo(Inventory.NONE);
    return reading.problems().stream().map(Finding::oneLine).toList();
  }

  private static ClusterInventory east(InventoryReading reading) {
    assertThat(reading.problems()).extracting(Finding::oneLine).isEmpty();
    return reading.inventory().of(EAST).orElseThrow();
  }

  private static String object(String kind, String namespace, String name) {
    return "apiVersion: v1\nkind: %s\nmetadata:\n  namespace: %s\n  name: %s\n"
        .formatted(kind, namespace, name);
  }

  private static Manifest pod(int number) {
    return Manifest.of(
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Pod",
            "metadata",
            Map.of("namespace", "shop", "name", "pod-" + number, "labels", Map.of("yes", "1"))));
  }

  @Test
  void whatIsWrittenIsReadBackTheSame() {
    List<Manifest> pods = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      pods.add(pod(i));
    }
    ClusterInventory east =
        ClusterInventory.of(EAST, Set.of(VIRTUAL_SERVICE, ObservedKinds.SERVICE), pods);
    ClusterInventory empty = ClusterInventory.of(new ClusterName("west"), Set.of(), List.of());
    Map<String, String> files =
        InventoryWriter.write(
            "2026-11-22T12:00:00Z",
            List.of(east, empty),
            Map.of(EAST, Map.of(ObservedKinds.SECRET, "forbidden")));
    assertThat(files)
        .containsOnlyKeys("east/pod.yaml", "east/pod-2.yaml", "east/pod-3.yaml", "index.yaml");

    Map<String, byte[]> bytes = new HashMap<>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    InventoryReading reading = InventoryReader.read(bytes);

    ClusterInventory found = east(reading);
    assertThat(found.objects()).isEqualTo(east.objects());
    assertThat(found.known()).isEqualTo(east.known());
    assertThat(found.knows(ObservedKinds.SECRET)).isFalse();
    assertThat(reading.inventory().of(new ClusterName("west"))).isPresent();
    assertThat(reading.index().orElseThrow().clusters().getFirst().unseen())
        .containsEntry(ObservedKinds.SECRET, "forbidden");
  }

  @Test
  void aHandMadeFileOfOneClusterIsEnough() {
    ClusterInventory east =
        east(
            read(
                "east.yaml",
                object("Service", "shop", "web") + "---\n" + object("Pod", "shop", "web-1")));
    assertThat(east.objects()).hasSize(2);
    assertThat(east.knows(ObservedKinds.POD)).isTrue();
    assertThat(east.knows(VIRTUAL_SERVICE)).isFalse();
  }

  @Test
  void foldersAndFilesOfOneClusterAddUp() {
    InventoryReading reading =
        read(
            "east.yaml", object("Pod", "a", "a"),
            "east/deep/er/b.yml", object("Pod", "a", "b"),
            "east/c.json",
                """
                {"apiVersion":"v1","kind":"Pod","metadata":{"namespace":"a","name":"c"}}\
                """,
            "east/readme.md", "no yaml: [",
            "west/a.yaml", object("Pod", "a", "a"));
    assertThat(east(reading).of(ObservedKinds.POD)).hasSize(3);
    assertThat(reading.inventory().clusters()).hasSize(2);
  }

  @Test
  void listsAreUnfoldedAndGiveTheirItemsTheirKind() {
    ClusterInventory east =
        east(
            read(
                "east/all.yaml",
                """
                apiVersion: v1
                kind: List
                items:
                  - {apiVersion: v1, kind: Pod, metadata: {namespace: a, name: a}}
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualServiceList
                items:
                  - metadata: {namespace: a, name: a}
                """));
    assertThat(east.objects())
        .extracting(object -> object.key().toString())
        .containsExactlyInAnyOrder("Pod a/a", "VirtualService a/a");
    assertThat(east.of(VIRTUAL_SERVICE).getFirst().apiVersion())
        .isEqualTo("networking.istio.io/v1");
  }

  @Test
  void eachMistakeIsToldWithItsPlaceAndNothingIsReadThen() {
    assertThat(
            problems(
                "east/a.yaml",
                "kind: Pod\nmetadata: {name: a, namespace: a}\n---\n"
                    + "apiVersion: v1\nkind: Pod\nmetadata:\n  labels: {}\n---\n"
                    + "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n---\n- a\n",
                "east/b.yaml",
                "a: [\n",
                "Ea st/c.yaml",
                object("Pod", "a", "a")))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("east/a.yaml:1:1: the object has no apiVersion"),
            line -> assertThat(line).startsWith("east/a.yaml:6:1: the object has no name"),
            line -> assertThat(line).startsWith("east/a.yaml:11:1: Pod a: it has no namespace"),
            line -> assertThat(line).startsWith("east/a.yaml:14:1: the document is a list"),
            line -> assertThat(line).startsWith("east/b.yaml:2:1: the file is no YAML"),
            line -> assertThat(line).contains("'Ea st' is no name of a cluster"));
  }

  @Test
  void oneObjectTwiceInAClusterIsAMistake() {
    assertThat(
            problems(
                "east/a.yaml", object("Pod", "a", "a"),
                "east/b.yaml", "\n" + object("Pod", "a", "a") + "spec: {nodeName: n}\n",
                "west.yaml", object("Pod", "a", "a")))
        .singleElement()
        .asString()
        .startsWith("east/b.yaml:2:1: Pod a/a: it is there twice in cluster east, first at")
        .contains("east/a.yaml:1:1");
  }

  @Test
  void aHalfCopiedFolderIsAMistake() {
    String index =
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: Snapshot
        spec:
          clusters:
            - name: east
              looked:
                - {kind: Pod, objects: 2}
                - {kind: VirtualService.networking.istio.io}
        """;
    assertThat(problems("index.yaml", index, "east/a.yaml", object("Pod", "a", "a")))
        .singleElement()
        .asString()
        .contains("cluster east: the index says 2 objects of kind Pod, the files hold 1");
    ClusterInventory east =
        east(
            read(
                "index.yaml",
                index.replace(", objects: 2", ""),
                "east/a.yaml",
                object("Pod", "a", "a")));
    assertThat(east.knows(VIRTUAL_SERVICE)).isTrue();
    assertThat(east.of(VIRTUAL_SERVICE)).isEmpty();
  }

  @Test
  void aMistakeInTheIndexIsToldWithTheFieldThatIsMeant() {
    assertThat(
            problems(
                "index.yaml",
                """
                apiVersion: meshkeel.io/v1alpha1
                kind: Snapshot
                spec:
                  cluster:
                    - name: east
                """))
        .singleElement()
        .asString()
        .startsWith("index.yaml:4:3:")
        .contains("did you mean 'clusters'?");
    assertThat(problems("index.yaml", "kind: Mesh\n")).hasSize(1);
    assertThat(problems("index.yaml", "a: ["))
        .anySatisfy(line -> assertThat(line).contains("the file is no YAML"));
  }

  @Test
  void anEmptyFolderIsNoSnapshot() {
    assertThat(problems()).singleElement().asString().contains("the folder holds no snapshot");
    assertThat(problems("readme.md", "x")).hasSize(1);
  }

  private static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata:
        namespace: a
        name: a
        annotations:
          networking.istio.io/cluster: east
      """;

  private static final String INDEX =
      """
      apiVersion: meshkeel.io/v1alpha1
      kind: Snapshot
      spec:
        taken: "2026-11-22T12:00:00Z"
        clusters: [{name: east, looked: [{kind: Secret}]}]
      """;

  private static List<String> problemsOfTaken(String secret) {
    return read("index.yaml", INDEX, "east.yaml", secret).problems().stream()
        .map(Finding::oneLine)
        .toList();
  }

  @Test
  void aValueOfASecretIsRefusedInWhatWasTakenWhereverItMayBe() {
    assertThat(problemsOfTaken(SECRET + "data: {tls.key: ''}\n")).isEmpty();
    assertThat(problemsOfTaken(SECRET + "data: {tls.key: aGlkZGVu}\n"))
        .singleElement()
        .asString()
        .startsWith("east.yaml:8:8: Secret a/a: the key holds a value")
        .doesNotContain("aGlkZGVu");
    assertThat(problemsOfTaken(SECRET + "stringData: {a: hidden}\n")).hasSize(1);
    assertThat(problemsOfTaken(SECRET + "    other/applied: hidden\n"))
        .singleElement()
        .asString()
        .contains("an annotation may hold the Secret's values");
    assertThat(problemsOfTaken(SECRET + "  managedFields: []\n")).hasSize(1);
  }

  @Test
  void aValueOfASecretThatWasWrittenByHandIsDropped() {
    String secret =
        SECRET
            + """
                other/applied: hidden
              managedFields: [{manager: hidden}]
            data: {tls.crt: aGlkZGVu, tls.key: '', other: ''}
            stringData: {ca.crt: hidden}
            """;
    assertThat(east(read("east.yaml", secret)).objects())
        .singleElement()
        .satisfies(read -> {
          assertThat(read.content().get("data"))
              .isEqualTo(Map.of("tls.crt", "", "ca.crt", "", "other", ""));
          assertThat(read.annotations()).containsOnlyKeys("networking.istio.io/cluster");
          assertThat(read.toString()).doesNotContain("aGlkZGVu").doesNotContain("hidden");
        });
  }

  @Test
  void keysWithoutValuesAreThereWhereNoFileTellsValues() {
    assertThat(
            east(read("east.yaml", SECRET + "data: {tls.crt: '', tls.key: ''}\n"))
                .objects()
                .iterator()
                .next()
                .content()
                .get("data"))
        .isEqualTo(Map.of("tls.crt", "", "tls.key", ""));
  }

  @Test
  void theSameObjectTwiceIsOne() {
    String pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: a}\n";
    assertThat(east(read("east/a.yaml", pod, "east/b.yaml", pod)).objects()).hasSize(1);
  }

  @Test
  void ourOwnKindsBelongToARepository() {
    assertThat(
            problems(
                "east.yaml",
                "apiVersion: meshkeel.io/v1alpha1\nkind: Mesh\nmetadata: {name: shop}\n"))
        .singleElement()
        .asString()
        .contains("a Mesh is declared in a repository");
  }

  @Test
  void whatIsNoTextOrTooLongIsRefused() {
    assertThat(
            InventoryReader.read(Map.of("east.yaml", new byte[] {(byte) 0xC3, 0x28}))
                .problems()
                .getFirst()
                .message())
        .isEqualTo("the file is no UTF-8 text");
    assertThat(problems("east.yaml", "a: " + "x".repeat(300 << 10)))
        .singleElement()
        .asString()
        .contains("the line has more than");
  }
}

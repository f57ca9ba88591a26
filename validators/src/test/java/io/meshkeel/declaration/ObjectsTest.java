package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.SourcePosition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectsTest {
  private static final String POLICY =
      """
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: deny
        namespace: shop
        annotations:
          %s
      spec: {}
      """;

  private static MeshDeclarations read(String text) {
    return Tree.shop().with("meshes/shop/a.yaml", text).readShop();
  }

  private static Finding finding(String text) {
    List<Finding> problems = read(text).problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  @Test
  void anObjectIsKeptAsWritten() {
    MeshDeclarations shop = read(Tree.virtualService("reviews"));
    assertThat(shop.problems()).isEmpty();
    Declaration declaration = shop.objects().getFirst();
    assertThat(declaration.manifest().key())
        .isEqualTo(new ResourceKey("networking.istio.io", "VirtualService", "shop", "reviews"));
    assertThat(declaration.manifest().apiVersion()).isEqualTo("networking.istio.io/v1");
    assertThat(declaration.manifest().spec()).isEqualTo(Map.of("hosts", List.of("reviews")));
    assertThat(declaration.mesh()).hasToString("shop");
    assertThat(declaration.document()).isZero();
  }

  @Test
  void aFileHoldsManyObjectsInTheirOrder() {
    MeshDeclarations shop =
        read(Tree.virtualService("b") + "---\n---\n" + Tree.virtualService("a"));
    assertThat(shop.objects()).extracting(d -> d.manifest().key().name()).containsExactly("b", "a");
    assertThat(shop.objects()).extracting(Declaration::document).containsExactly(0, 2);
    assertThat(shop.objects()).extracting(d -> d.position().line()).containsExactly(1, 10);
  }

  @Test
  void aPlainSecretIsRefusedAndItsContentNotEchoed() {
    Finding finding =
        finding("apiVersion: v1\nkind: Secret\nmetadata: {name: x}\nstringData: {k: hunter2}\n");
    assertThat(finding.ruleId()).isEqualTo("D012");
    assertThat(finding.oneLine()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource({
    "v1, ConfigMap",
    "apps/v1, Deployment",
    "v1, Namespace",
    "install.istio.io/v1alpha1, IstioOperator",
    "v1, List",
    "gateway.networking.x-k8s.io/v1alpha1, XListenerSet"
  })
  void otherKindsAreRefusedByName(String apiVersion, String kind) {
    Finding finding =
        finding("apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: x}\n");
    assertThat(finding.ruleId()).isEqualTo("D013");
    assertThat(finding.oneLine()).contains(kind).startsWith("meshes/shop/a.yaml:2:1:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"just text", "[a, b]", "5", "key: value", "kind: Gateway", "apiVersion: v1"})
  void whatIsNoObjectIsTold(String text) {
    assertThat(read(text).problems()).extracting(Finding::ruleId).containsOnly("D008");
  }

  @Test
  void aNamespaceMustBeWritten() {
    Finding finding = finding(Tree.virtualService("x").replace("  namespace: shop\n", ""));
    assertThat(finding.ruleId()).isEqualTo("D011");
    assertThat(finding.oneLine())
        .startsWith("meshes/shop/a.yaml:3:1:")
        .contains("write metadata.namespace");
    assertThat(finding.position()).isEqualTo(new SourcePosition("meshes/shop/a.yaml", 3, 1, false));
  }

  @Test
  void aClusterScopedKindHasNoNamespace() {
    String text =
        "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: x}\n"
            + "spec: {controllerName: a.b/c}\n";
    assertThat(read(text).problems()).isEmpty();
    assertThat(finding(text.replace("name: x", "name: x, namespace: y")).ruleId())
        .isEqualTo("D011");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Reviews", "a_b", "-a", "a..b", ".a", "80", "true", "{}", "[]", "\"\""})
  void aNameThatKubernetesRefusesIsTold(String name) {
    assertThat(finding(Tree.virtualService("x").replace("name: x", "name: " + name)).ruleId())
        .isEqualTo("D010");
  }

  @Test
  void aNameMayBeMissingAndIsTold() {
    assertThat(finding(Tree.virtualService("x").replace("  name: x\n", "")).ruleId())
        .isEqualTo("D010");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uid: x",
        "resourceVersion: \"1\"",
        "generation: 3",
        "managedFields: []",
        "finalizers: [a]",
        "ownerReferences: []",
        "creationTimestamp: \"2026-01-01T00:00:00Z\""
      })
  void whatTheServerSetsIsRefused(String field) {
    Finding finding =
        finding(Tree.virtualService("x").replace("  name: x\n", "  name: x\n  " + field + "\n"));
    assertThat(finding.ruleId()).isEqualTo("D020");
    assertThat(finding.position()).hasToString("meshes/shop/a.yaml:5:3");
    assertThat(finding.resource()).hasToString("VirtualService shop/x");
  }

  @Test
  void aCreationTimestampOfNullIsNothing() {
    String text =
        Tree.virtualService("x").replace("  name: x\n", "  name: x\n  creationTimestamp: null\n");
    assertThat(read(text).problems()).isEmpty();
  }

  @Test
  void aStatusIsRefused() {
    assertThat(finding(Tree.virtualService("x") + "status: {}\n").ruleId()).isEqualTo("D020");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "labels: {a: true}                       | D015 | put the value in quotes",
        "labels: {version: 1.1}                  | D015 | put the value in quotes",
        "labels: [a]                             | D015 | must be a map",
        "annotations: {a: 5}                     | D015 | put the value in quotes",
        "lables: {a: b}                          | D014 | did you mean 'labels'?",
        "labels: {meshkeel.io/mesh: shop}        | D019 | is set by Meshkeel",
        "labels: {applyset.kubernetes.io/part-of: x} | D019 | is set by Meshkeel",
      })
  void wrongMetadataIsTold(String field, String id, String said) {
    Finding finding =
        finding(Tree.virtualService("x").replace("  name: x\n", "  name: x\n  " + field + "\n"));
    assertThat(finding.ruleId()).isEqualTo(id);
    assertThat(finding.oneLine()).contains(said).startsWith("meshes/shop/a.yaml:5:");
  }

  @Test
  void metadataMustBeAMap() {
    assertThat(finding("apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: x\n").ruleId())
        .isEqualTo("D009");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meshkeel.io/drift: Heal",
        "meshkeel.io/adopt: \"true\"",
        "meshkeel.io/intent: default-deny",
        "meshkeel.io/clusters: shop-mcpc",
        "meshkeel.io/ignore: '/spec/rules/*/when, /metadata/labels/istio.io~1rev'",
        "example.com/any: thing"
      })
  void annotationsThatAreKnownAreTaken(String annotation) {
    assertThat(read(POLICY.formatted(annotation)).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "meshkeel.io/drift: Fix                | D019 | Report, Heal, Ignore",
        "meshkeel.io/adopt: \"yes\"            | D019 | true, false",
        "meshkeel.io/intent: allow             | D019 | default-deny",
        "meshkeel.io/drfit: Heal               | D019 | did you mean 'meshkeel.io/drift'?",
        "meshkeel.io/confirm-prune: \"5\"      | D019 | no meaning on kind AuthorizationPolicy",
        "meshkeel.io/ignore: /spec             | D019 | needs no declaration",
        "meshkeel.io/ignore: spec/rules        | D019 | a JSON pointer begins with /",
        "meshkeel.io/ignore: /spec/rules,      | D019 | a JSON pointer begins with /",
        "meshkeel.io/ignore: /spec//rules      | D019 | a name between two / is missing",
        "meshkeel.io/ignore: /spec/a~2         | D019 | ~ is written ~0",
        "meshkeel.io/ignore: /status/x         | D019 | only spec, labels and annotations",
        "meshkeel.io/ignore: /metadata/name    | D019 | only spec, labels and annotations",
        "meshkeel.io/ignore: /metadata/labels/meshkeel.io~1mesh | D019 | Meshkeel knows its objects",
        "'meshkeel.io/ignore': '/spec/a/[x'    | D019 | [name=x]",
        "meshkeel.io/expires: \"2027-01-01\"   | D019 | no meaning on kind AuthorizationPolicy",
        "meshkeel.io/hold-until: x             | D018 | not supported by this version",
        "meshkeel.io/clusters: shop-mpcp       | D019 | did you mean 'shop-mcpc'?",
        "meshkeel.io/clusters: shop-data       | D019 | data plane cluster",
        "meshkeel.io/clusters: shop-mcpc,      | D019 | names of clusters",
      })
  void wrongAnnotationsAreTold(String annotation, String id, String said) {
    String data =
        Tree.CLUSTER.replace("shop-mcpc", "shop-data").replace("ControlPlane", "DataPlane");
    List<Finding> problems =
        Tree.shop()
            .with("meshes/shop/clusters/data.yaml", data)
            .with("meshes/shop/a.yaml", POLICY.formatted(annotation))
            .readShop()
            .problems();
    assertThat(problems).isNotEmpty();
    assertThat(problems.getFirst().ruleId()).isEqualTo(id);
    assertThat(problems.getFirst().oneLine())
        .contains(said)
        .startsWith("meshes/shop/a.yaml:7:5: AuthorizationPolicy shop/deny:");
  }

  @Test
  void intentHasNoMeaningOnAnotherKind() {
    String text =
        Tree.virtualService("x")
            .replace(
                "  name: x\n", "  name: x\n  annotations: {meshkeel.io/intent: default-deny}\n");
    assertThat(finding(text).message()).contains("no meaning on kind VirtualService");
  }

  @Test
  void allMistakesOfAFileAreToldAndItsSoundObjectsKept() {
    MeshDeclarations shop =
        read(
            Tree.virtualService("a")
                + "---\nkind: X\n---\n"
                + Tree.virtualService("b").replace("  namespace: shop\n", "")
                + "---\n"
                + Tree.virtualService("c"));
    assertThat(Tree.ids(shop.problems())).containsExactly("D008", "D011");
    assertThat(shop.objects()).extracting(d -> d.manifest().key().name()).containsExactly("a", "c");
  }
}

package io.meshkeel.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Revision;
import io.meshkeel.view.ConfigRow.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
  private static final String ROUTE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {namespace: shop, name: web%s}
      spec: {hosts: [web], http: [{route: [{destination: {host: web}}]}]}
      """;
  private static final String OURS =
      ", labels: {app.kubernetes.io/managed-by: meshkeel, meshkeel.io/mesh: shop,"
          + " applyset.kubernetes.io/part-of: %s}";

  private static String declared() {
    return ROUTE.formatted("");
  }

  private static String applied() {
    String id = io.meshkeel.desired.ApplySet.of(io.meshkeel.desired.Declared.MESH).id();
    return ROUTE.formatted(OURS.formatted(id));
  }

  /** Without the labels that the networks of the clusters stand for. */
  private static List<ConfigRow> rows(TestScene scene) {
    return Configuration.rows(scene.scene()).stream()
        .filter(row -> !row.effect().startsWith("part of MeshCluster"))
        .toList();
  }

  private static ConfigRow only(TestScene scene) {
    List<ConfigRow> rows = rows(scene);
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  @Test
  void whatIsHeldAsDeclaredIsInSyncAndNamesItsOrigin() {
    ConfigRow row =
        only(TestScene.ofMesh().declare("web.yaml", declared()).hold("east", applied()));
    assertThat(row.state()).as(row.differences().toString()).isEqualTo(State.IN_SYNC);
    assertThat(row.origin()).isEqualTo("meshes/shop/web.yaml:1");
    assertThat(row.effect()).isEqualTo("routes of web");
    assertThat(row.findings()).isZero();
  }

  @Test
  void theRunningServiceTellsTheCommitOfWhatIsDeclared() {
    String other = "---\n" + ROUTE.formatted("-by-hand");
    Scene scene =
        TestScene.ofMesh().declare("web.yaml", declared()).hold("east", applied() + other).scene();
    Scene running =
        scene
            .shown(Map.of("config", Configuration.rows(scene)))
            .at(new Revision("0123456789abcdef0123456789abcdef01234567"));
    assertThat(running.keptRows("config").orElseThrow())
        .map(row -> (ConfigRow) row)
        .filteredOn(row -> row.kind().equals("VirtualService"))
        .extracting(row -> row.name() + " " + row.origin() + " " + row.commit())
        .containsExactlyInAnyOrder(
            "web meshes/shop/web.yaml:1 "
                + new Revision("0123456789abcdef0123456789abcdef01234567").abbreviated(),
            "web-by-hand  ");
  }

  @Test
  void whatIsHeldOtherwiseNamesTheFields() {
    ConfigRow row =
        only(
            TestScene.ofMesh()
                .declare("web.yaml", declared())
                .hold("east", applied().replace("hosts: [web]", "hosts: [other]")));
    assertThat(row.state()).isEqualTo(State.DIFFERS);
    assertThat(row.differences()).containsExactly("spec.hosts[0]");
  }

  @Test
  void whatIsLeftToOthersIsInSyncWhateverTheyWrite() {
    String annotated =
        ROUTE.formatted(", annotations: {meshkeel.io/ignore: /spec/http/*/route/*/weight}");
    String shifted = applied().replace("host: web}}", "host: web}, weight: 30}");
    assertThat(
            only(TestScene.ofMesh().declare("web.yaml", annotated).hold("east", shifted)).state())
        .isEqualTo(State.IN_SYNC);
    assertThat(
            only(TestScene.ofMesh().declare("web.yaml", declared()).hold("east", shifted)).state())
        .isEqualTo(State.DIFFERS);
  }

  @Test
  void whatIsThereByAnotherHandIsNotOurs() {
    ConfigRow row =
        only(TestScene.ofMesh().declare("web.yaml", declared()).hold("east", declared()));
    assertThat(row.state()).isEqualTo(State.NOT_OURS);
    assertThat(row.reason()).contains("meshkeel.io/adopt");
  }

  @Test
  void whatIsNotThereIsMissingOnlyWhereItsKindWasLookedAt() {
    TestScene scene = TestScene.ofMesh().declare("web.yaml", declared());
    assertThat(only(scene).state()).isEqualTo(State.UNKNOWN);
    assertThat(only(scene.look("east", "VirtualService.networking.istio.io")).state())
        .isEqualTo(State.MISSING);
  }

  @Test
  void anObjectInADataPlaneHasNoEffectUnlessItIsAWorkloadEntry() {
    ConfigRow row = only(TestScene.ofMesh().hold("west", declared()));
    assertThat(row.state()).isEqualTo(State.NO_EFFECT);
    assertThat(row.effect()).startsWith("none: no istiod reads");
    ConfigRow entry =
        only(
            TestScene.ofMesh()
                .hold(
                    "west",
                    """
                    apiVersion: networking.istio.io/v1
                    kind: WorkloadEntry
                    metadata: {namespace: shop, name: vm}
                    spec: {address: 10.0.0.1}
                    """));
    assertThat(entry.state()).isEqualTo(State.FOUND);
    assertThat(entry.effect()).contains("istiod reads WorkloadEntries of every cluster");
  }

  @Test
  void anUndeclaredObjectInANamespaceOfTheMeshIsReportedWithItsEffect() {
    String other =
        """
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {namespace: shop, name: by-hand}
        spec: {host: web}
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {namespace: elsewhere, name: by-hand}
        spec: {host: web}
        """;
    List<ConfigRow> rows =
        rows(TestScene.ofMesh().declare("web.yaml", declared()).hold("east", applied() + other));
    assertThat(rows)
        .extracting(row -> row.namespace() + " " + row.state().word() + ": " + row.effect())
        .containsExactly(
            "elsewhere Found: policy and subsets of web",
            "shop Undeclared: policy and subsets of web",
            "shop InSync: routes of web");
  }

  @Test
  void whatIstioInstalledItselfIsNotCalledUndeclared() {
    ConfigRow row =
        only(
            TestScene.ofMesh()
                .hold(
                    "east",
                    """
                    apiVersion: networking.istio.io/v1alpha3
                    kind: EnvoyFilter
                    metadata:
                      namespace: istio-system
                      name: stats
                      labels: {install.operator.istio.io/owning-resource: unknown}
                    """));
    assertThat(row.state()).isEqualTo(State.FOUND);
  }

  @Test
  void withoutDeclarationsEverythingIsJustFound() {
    ConfigRow row = only(TestScene.undeclared().hold("east", declared()));
    assertThat(row.state()).isEqualTo(State.FOUND);
    assertThat(row.mesh()).isEmpty();
  }

  @Test
  void whatAnOwnKindStandsForIsShownWithItsOrigin() {
    String sidecar =
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: NamespaceSidecar
        metadata: {name: shop}
        spec: {namespaces: [shop], clusters: [east], injection: Enabled}
        """;
    TestScene unseen = TestScene.ofMesh().declare("sidecars.yaml", sidecar);
    assertThat(only(unseen).state()).isEqualTo(State.UNKNOWN);
    ConfigRow row = only(unseen.hold("east", TestScene.namespace("shop", "")));
    assertThat(row.kind()).isEqualTo("Namespace");
    assertThat(row.name()).isEqualTo("shop");
    assertThat(row.state()).isEqualTo(State.DIFFERS);
    assertThat(row.differences()).isNotEmpty();
    assertThat(row.origin()).isEqualTo("meshes/shop/sidecars.yaml:1");
    assertThat(row.effect()).isEqualTo("part of NamespaceSidecar shop");
    ConfigRow labelled =
        only(
            TestScene.ofMesh()
                .declare("sidecars.yaml", sidecar)
                .hold(
                    "east",
                    TestScene.namespace(
                        "shop", "istio-injection: enabled, meshkeel.io/mesh: shop")));
    assertThat(labelled.state()).as(labelled.toString()).isEqualTo(State.IN_SYNC);
  }

  @Test
  void eachObjectThatAGatewayConsistsOfHasARow() {
    TestScene scene =
        TestScene.ofMesh()
            .declare(
                "gateway.yaml",
                """
                apiVersion: meshkeel.io/v1alpha1
                kind: MeshGateway
                metadata: {name: edge}
                spec:
                  type: Ingress
                  namespace: edge
                  clusters: [east]
                  engine: Injection
                  autoscaling: {max: 5}
                """);
    assertThat(rows(scene))
        .extracting(row -> row.kind() + " " + row.state().word())
        .containsExactly(
            "Deployment Unknown",
            "HorizontalPodAutoscaler Unknown",
            "PodDisruptionBudget Unknown",
            "Role Unknown",
            "RoleBinding Unknown",
            "Service Unknown",
            "ServiceAccount Unknown");
    scene.look(
        "east",
        "HorizontalPodAutoscaler.autoscaling",
        "PodDisruptionBudget.policy",
        "RoleBinding.rbac.authorization.k8s.io");
    scene.hold(
        "east",
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          namespace: edge
          name: edge
          labels: {app: edge, istio: edge, app.kubernetes.io/managed-by: meshkeel, meshkeel.io/mesh: shop, applyset.kubernetes.io/part-of: %s}
        rules: [{apiGroups: [""], resources: [secrets], verbs: [list]}]
        """
            .formatted(io.meshkeel.desired.ApplySet.of(io.meshkeel.desired.Declared.MESH).id()));
    assertThat(rows(scene))
        .filteredOn(row -> !row.state().equals(State.UNKNOWN))
        .extracting(row -> row.kind() + " " + row.state().word() + " " + row.differences())
        .containsExactly(
            "HorizontalPodAutoscaler Missing []",
            "PodDisruptionBudget Missing []",
            "Role Differs [rules[0].verbs[0], rules[0].verbs[1], rules[0].verbs[2]]",
            "RoleBinding Missing []");
  }
}

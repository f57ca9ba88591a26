package io.meshkeel.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.Declared;
import io.meshkeel.model.Severity;
import org.junit.jupiter.api.Test;

/** What istiod says about objects is shown beside our own findings. */
class ControllerMessageTest {
  private static final String ROUTE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {namespace: shop, name: web%s}
      spec: {hosts: [web], gateways: [nowhere], http: [{route: [{destination: {host: web}}]}]}
      """;
  private static final String SAID =
      """
      status:
        conditions:
          - {type: Reconciled, status: "True"}
        validationMessages:
          - type: {code: IST0101, name: ReferencedResourceNotFound}
            level: ERROR
            documentationUrl: https://istio.io/latest/docs/reference/config/analysis/ist0101/
          - type: {code: IST0132, name: VirtualServiceHostNotFoundInGateway}
            level: WARNING
          - type: {code: IST0132, name: VirtualServiceHostNotFoundInGateway}
            level: 8
      """;

  private static TestScene scene() {
    String ours =
        ", labels: {app.kubernetes.io/managed-by: meshkeel, meshkeel.io/mesh: shop, "
            + "applyset.kubernetes.io/part-of: "
            + ApplySet.of(Declared.MESH).id()
            + "}";
    return TestScene.ofMesh()
        .declare("web.yaml", ROUTE.formatted(""))
        .hold("east", ROUTE.formatted(ours) + SAID);
  }

  /** The route alone; what stands for the clusters has rows of its own. */
  private static ConfigRow route() {
    return Configuration.rows(scene().scene()).stream()
        .filter(row -> row.kind().equals("VirtualService"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void messagesHaveTheirCodeLevelWordsAndThePlaceOfTheDeclaration() {
    ConfigRow row = route();

    assertThat(row.istiod())
        .containsExactly(
            new ControllerMessage(
                "IST0101",
                Severity.ERROR,
                "istiod's analysis finds it wrong: ReferencedResourceNotFound,"
                    + " https://istio.io/latest/docs/reference/config/analysis/ist0101/"),
            new ControllerMessage(
                "IST0132",
                Severity.WARN,
                "istiod's analysis finds it wrong: VirtualServiceHostNotFoundInGateway"));
    assertThat(row.istiod().getFirst().json(row.origin()))
        .containsEntry("source", "istiod")
        .containsEntry("level", "error")
        .containsEntry("place", "meshes/shop/web.yaml:1");
  }

  @Test
  void theyNeitherDenyNorAreDrift() {
    assertThat(route().state()).isEqualTo(ConfigRow.State.IN_SYNC);
    assertThat(route().findings()).isZero();
    OverviewRow overview = Overview.rows(scene().scene()).getFirst();
    assertThat(overview.applied()).isEqualTo(1);
    assertThat(overview.told()).isEqualTo(2);
    assertThat(overview.errors()).isZero();
    assertThat(overview.drifted()).isZero();
  }

  @Test
  void aRouteThatIsNotTakenOverSaysOfWhichParentAndWhy() {
    TestScene scene =
        TestScene.undeclared()
            .hold(
                "east",
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {namespace: shop, name: web}
                spec: {parentRefs: [{name: edge}]}
                status:
                  parents:
                    - parentRef: {name: edge}
                      controllerName: istio.io/gateway-controller
                      conditions:
                        - {type: Accepted, status: "True", reason: Accepted, message: fine}
                        - type: ResolvedRefs
                          status: "False"
                          reason: BackendNotFound
                          message: backend(api) not found
                """);

    assertThat(Configuration.rows(scene.scene()).getFirst().istiod())
        .containsExactly(
            new ControllerMessage(
                "BackendNotFound",
                Severity.WARN,
                "parent edge: ResolvedRefs is False: backend(api) not found"));
  }
}

package io.meshkeel.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.apply.Applier;
import io.meshkeel.apply.ApplyResult;
import io.meshkeel.desired.Declared;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.ClusterChoice;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshGateway;
import io.meshkeel.model.ProxyResources;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gateways, and routes of the Gateway API, without false drift. */
class GatewaysIT extends OwnKindsOnServer {
  private MeshGateway gateway(MeshGateway.Type type, MeshGateway.Engine engine, boolean scaled) {
    return new MeshGateway(
        document("MeshGateway", "edge"),
        ClusterChoice.ALL,
        type,
        namespace,
        engine,
        Optional.empty(),
        scaled ? Optional.of(new MeshGateway.Autoscaling(2, 5, 80)) : Optional.empty(),
        new MeshGateway.Service(
            Optional.empty(),
            List.of(),
            Map.of("example.com/a", "b"),
            Optional.empty(),
            scaled ? Optional.of("Local") : Optional.empty()),
        new ProxyResources(
            scaled ? Optional.of("0.5") : Optional.empty(),
            scaled ? Optional.of("1024Mi") : Optional.empty(),
            Optional.empty(),
            scaled ? Optional.of("2048Mi") : Optional.empty()),
        Map.of(),
        Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(MeshGateway.Type.class)
  void aGatewayByInjectionIsAppliedWithoutFalseDriftAndPruned(MeshGateway.Type type)
      throws Exception {
    Plan plan =
        bring(gateway(type, MeshGateway.Engine.INJECTION, type == MeshGateway.Type.INGRESS));
    assertThat(plan.of(Change.Create.class)).hasSizeGreaterThanOrEqualTo(6);
    assertThat(SERVER.admin().rbac().roles().inNamespace(namespace).withName("edge").get())
        .isNotNull();

    bring(gateway(type, MeshGateway.Engine.INJECTION, false));
    assertThat(
            SERVER
                .admin()
                .autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace)
                .withName("edge")
                .get())
        .isNull();

    bringWithoutBudget();
    assertThat(SERVER.admin().apps().deployments().inNamespace(namespace).list().getItems())
        .isEmpty();
  }

  @Test
  void aGatewayOfTheGatewayApiIsAppliedWithoutFalseDrift() throws Exception {
    Plan plan = bring(gateway(MeshGateway.Type.INGRESS, MeshGateway.Engine.AUTO, false));

    assertThat(plan.of(Change.Create.class))
        .singleElement()
        .satisfies(
            create -> assertThat(create.key().group()).isEqualTo("gateway.networking.k8s.io"));
    bringWithoutBudget();
  }

  /** Created by an ordinary write, all defaults belong to the hand that did it. */
  @Test
  void aRouteThatAHandCreatedIsAdoptedWithItsDefaults() throws Exception {
    String route =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: api, namespace: %s}
        spec:
          parentRefs: [{name: edge}]
          rules: [{backendRefs: [{name: api, port: 8080}]}]
        """
            .formatted(namespace);
    SERVER.admin().load(new ByteArrayInputStream(route.getBytes(UTF_8))).create();
    Manifest declared =
        Declared.object(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            namespace,
            "api",
            Map.of("meshkeel.io/adopt", "true"),
            Map.of(
                "parentRefs",
                List.of(Map.of("name", "edge")),
                "rules",
                List.of(Map.of("backendRefs", List.of(Map.of("name", "api", "port", 8080))))));
    DesiredState state = Declared.state(declared);
    LiveSnapshot live = LiveSnapshot.list(cluster, Declared.MESH, List.of());
    Plan plan = Planner.plan(state, live);
    assertThat(plan.of(Change.Adopt.class))
        .singleElement()
        .satisfies(adopt ->
            assertThat(adopt.differences())
                .allMatch(d -> d.path().toString().startsWith("metadata.labels")));
    ApplyResult result = new Applier(8).apply(plan, cluster, live, Optional.empty(), () -> false);
    assertThat(result.complete()).as(result.toString()).isTrue();

    Plan again = Planner.plan(state, LiveSnapshot.list(cluster, Declared.MESH, List.of()));
    assertThat(again.steps()).as(PlanText.of(again)).isEmpty();
    bringWithoutBudget();
  }

  @Test
  void aHandOnAGatewaysRoleIsDrift() throws Exception {
    MeshGateway gateway = gateway(MeshGateway.Type.EGRESS, MeshGateway.Engine.INJECTION, false);
    bring(gateway);
    SERVER
        .admin()
        .rbac()
        .roles()
        .inNamespace(namespace)
        .withName("edge")
        .edit(role -> {
          role.getRules().getFirst().setVerbs(List.of("get"));
          return role;
        });

    assertThat(DriftEntry.of(plan(gateway)))
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.oneLine()).contains("rules[0].verbs"));
    bringWithoutBudget();
  }
}

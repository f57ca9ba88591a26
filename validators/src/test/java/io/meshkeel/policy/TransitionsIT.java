package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Standing;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import io.meshkeel.testbed.SharedServers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A definition's rule about a change sees the object of the former revision. */
final class TransitionsIT {
  private static final String CLASS =
      """
      apiVersion: gateway.networking.k8s.io/%s
      kind: GatewayClass
      metadata: {name: %s%s}
      spec: {controllerName: %s, description: %s}
      ---
      """;

  private static final String MESH = "istio.io/gateway-controller";
  private static final String OTHER = "example.com/controller";

  private static Judge judge;

  @BeforeAll
  static void start() throws PolicyException {
    judge = Judge.start(JudgeOptions.of(SharedServers.opaBinary()));
  }

  @AfterAll
  static void stop() {
    judge.close();
  }

  private static String named(String name, String controller) {
    return CLASS.formatted("v1", name, "", controller, "d");
  }

  private static Verdict change(String before, String after) {
    TestingRepository repository = new TestingRepository().put("class.yaml", before);
    Snapshot former = repository.snapshot();
    Before.Former then = new Before.Former(repository.mesh(former), former);
    Snapshot now = repository.put("class.yaml", after).snapshot();
    return judge.judge(
        repository.mesh(now), now, Before.ifNeeded(() -> Optional.of(then)), Evidence.NONE);
  }

  private static List<String> schema(Verdict verdict) {
    return verdict.findings().stream()
        .filter(finding -> finding.ruleId().equals("S011"))
        .map(Finding::oneLine)
        .toList();
  }

  @Test
  void whatMustNotChangeAndDoesIsDeniedAtItsPlace() {
    Verdict verdict = change(named("mesh", MESH), named("mesh", OTHER));
    assertThat(verdict.outcome()).isEqualTo(Outcome.DENIED);
    assertThat(schema(verdict))
        .containsExactly(
            "meshes/shop/class.yaml:4:8: GatewayClass mesh: 'controllerName': Value is immutable."
                + " Fix: change it so that this holds: self == oldSelf [S011]");
    assertThat(verdict.findings().getFirst().standing()).isEqualTo(Standing.NEW);
  }

  @Test
  void anotherVersionOfTheGroupIsTheSameObject() {
    assertThat(
            schema(
                change(
                    CLASS.formatted("v1beta1", "mesh", "", MESH, "d"),
                    CLASS.formatted("v1", "mesh", "", OTHER, "d"))))
        .hasSize(1);
  }

  @Test
  void whatIsLeftOrChangedOtherwiseIsTaken() {
    String before = named("mesh", MESH);
    assertThat(schema(change(before, before))).isEmpty();
    assertThat(schema(change(before, CLASS.formatted("v1", "mesh", "", MESH, "other")))).isEmpty();
  }

  @Test
  void anObjectThatIsNewHasNothingToKeep() {
    assertThat(schema(change(named("mesh", MESH), named("mesh", MESH) + named("new", OTHER))))
        .isEmpty();
    assertThat(schema(change(named("mesh", MESH), named("new", OTHER)))).isEmpty();
    TestingRepository repository = new TestingRepository().put("class.yaml", named("mesh", OTHER));
    Snapshot now = repository.snapshot();
    assertThat(schema(judge.judge(repository.mesh(now), now))).isEmpty();
  }

  @Test
  void oneNameMayStandForDifferentObjectsInDifferentClusters() {
    String east = ", annotations: {meshkeel.io/clusters: c1}";
    String both =
        CLASS.formatted("v1", "mesh", east, MESH, "d")
            + CLASS.formatted("v1", "mesh", east.replace("c1", "c2"), OTHER, "d");
    String cluster =
        """
        apiVersion: meshkeel.io/v1alpha1
        kind: MeshCluster
        metadata: {name: c2}
        spec: {role: ControlPlane, credential: c2}
        ---
        """;
    assertThat(schema(change(cluster + both, cluster + both.replace(" d}", " e}")))).isEmpty();
    assertThat(schema(change(cluster + both, cluster + both.replace(MESH, "example.com/third"))))
        .hasSize(1);
  }
}

package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Snapshot;
import io.meshkeel.testbed.SharedServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A judge that remembers says the same as one that doesn't, and asks only what it must. */
final class IncrementalVerdictIT {
  private static final int STEPS = 25;

  private static TestingOpa opa = start();

  private static TestingOpa start() {
    try {
      return TestingOpa.start(JudgeOptions.of(SharedServers.opaBinary()));
    } catch (PolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void openOnce() throws Exception {
    opa.gateway().session();
  }

  @AfterAll
  static void stop() {
    opa.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whateverChangesTheVerdictEqualsThatOfAFullRun(long seed) {
    RandomMesh world = new RandomMesh(seed);
    world.fill();
    OpaJudge remembering = opa.newJudge();
    int findings = 0;
    for (int step = 0; step < STEPS; step++) {
      if (step % 4 == 3) {
        world.changeClusters();
      } else {
        world.changeFiles();
      }
      Snapshot snapshot = world.repository().snapshot();
      MeshDeclarations mesh = world.repository().mesh(snapshot);
      var full = opa.newJudge().judge(mesh, snapshot, Before.NOTHING, world.evidence());
      assertThat(remembering.judge(mesh, snapshot, Before.NOTHING, world.evidence()))
          .as("seed %s step %s", seed, step)
          .isEqualTo(full);
      findings += full.findings().size();
    }
    assertThat(findings).isPositive();
  }

  private static TestingRepository manyServices(int count) {
    TestingRepository repository = new TestingRepository();
    for (int i = 0; i < count; i++) {
      repository.put("traffic/vs" + i + ".yaml", service(i, "v1"));
      repository.put(
          "traffic/dr" + i + ".yaml",
          """
          apiVersion: networking.istio.io/v1
          kind: DestinationRule
          metadata: {name: r%d, namespace: shop}
          spec: {host: s%d.shop.svc.cluster.local, subsets: [{name: v1}]}
          """
              .formatted(i, i));
    }
    return repository;
  }

  private static String service(int i, String subset) {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: s%d, namespace: shop}
    spec:
      hosts: [s%d.shop.svc.cluster.local]
      http: [{timeout: %ds, route: [{destination: {host: s%d.shop.svc.cluster.local, subset: %s}}]}]
    """
        .formatted(i, i, i + 1, i, subset);
  }

  @Test
  void onlyWhatAChangeTouchesIsAskedAbout() {
    TestingRepository repository = manyServices(300);
    OpaJudge judge = opa.newJudge();
    Snapshot before = repository.snapshot();
    opa.asked();
    judge.judge(repository.mesh(before), before);
    assertThat(opa.asked())
        .as("timeouts differ, and no rule can tell one DestinationRule from another")
        .hasSize(301);

    judge.judge(repository.mesh(before), before);
    assertThat(opa.asked()).isEmpty();

    repository.put("traffic/vs7.yaml", service(7, "v9"));
    Snapshot changed = repository.snapshot();
    assertThat(judge.judge(repository.mesh(changed), changed).findings()).hasSize(1);
    assertThat(opa.asked()).containsExactly("VirtualService.networking.istio.io/shop/s7");

    repository.put(
        "traffic/dr9.yaml",
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: r9, namespace: shop}
        spec: {host: s9.shop.svc.cluster.local, subsets: [{name: v2}]}
        """);
    Snapshot neighbour = repository.snapshot();
    assertThat(judge.judge(repository.mesh(neighbour), neighbour).findings()).hasSize(2);
    assertThat(opa.asked())
        .containsExactly(
            "DestinationRule.networking.istio.io/shop/r9",
            "VirtualService.networking.istio.io/shop/s9");

    judge.judge(repository.mesh(changed), changed);
    assertThat(opa.asked()).as("what was judged once is remembered").isEmpty();
  }
}

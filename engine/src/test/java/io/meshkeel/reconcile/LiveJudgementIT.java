package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.ControlPlane;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.kube.Kubeconfig;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Severity;
import io.meshkeel.policy.Judge;
import io.meshkeel.policy.JudgeOptions;
import io.meshkeel.report.AuditRun;
import io.meshkeel.report.MeshRun;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import io.meshkeel.view.Scene;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service judges by what its clusters hold: a real API server, a real OPA, shipped rights. */
class LiveJudgementIT {
  @TempDir Path directory;
  private EngineRig rig;
  private Judge judge;
  private KubeApiServer server;
  private String namespace;
  private String mesh;

  @BeforeEach
  void setUp() throws Exception {
    judge = Judge.start(JudgeOptions.of(SharedServers.opaBinary()));
    server = SharedServers.kubeApiServer();
    namespace = SharedServers.newNamespace();
    mesh = SharedServers.newName("mesh");
    server.apply(Files.readString(Path.of("../deploy/rbac/modules.yaml")));
    Kubeconfig kubeconfig = ControlPlane.kubeconfig(server, "control-plane");
    rig = new EngineRig(directory).judgedBy(judge).seeingWithin(Duration.ofSeconds(60));
    rig.connecting("east", () -> KubeCluster.connect(kubeconfig));
  }

  @AfterEach
  void tearDown() throws Exception {
    rig.close();
    judge.close();
  }

  private Map<String, String> traffic(String... subsets) {
    StringBuilder rule = new StringBuilder();
    StringBuilder route = new StringBuilder();
    for (String subset : subsets) {
      rule.append("  - {name: %1$s, labels: {version: %1$s}}\n".formatted(subset));
      route.append(
          "    - {weight: %d, destination: {host: web.%s.svc.cluster.local, subset: %s}}\n"
              .formatted(100 / subsets.length, namespace, subset));
    }
    return Map.of(
        "meshes/" + mesh + "/traffic/web.yaml",
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: web, namespace: %1$s}
        spec:
          host: web.%1$s.svc.cluster.local
          subsets:
        %2$s---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: web, namespace: %1$s}
        spec:
          hosts: [web.%1$s.svc.cluster.local]
          http:
          - route:
        %3$s\
        """
            .formatted(namespace, rule, route));
  }

  private void service() {
    server.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {namespace: %s, name: web}
        spec: {selector: {app: web}, ports: [{port: 80, name: http}]}
        """
            .formatted(namespace));
  }

  private void pod(String version) {
    server.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {namespace: %1$s, name: web-%2$s, labels: {app: web, version: %2$s}}
        spec: {containers: [{name: web, image: "web:1"}]}
        """
            .formatted(namespace, version));
  }

  private MeshRun run(Revision revision) {
    return rig.store().get(revision).orElseThrow().mesh(mesh).orElseThrow();
  }

  private List<String> rules(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .map(Finding::ruleId)
        .distinct()
        .toList();
  }

  @Test
  void aRouteToASubsetWithoutPodsIsDeniedAndAcceptedOnceTheyAreThere() throws Exception {
    service();
    pod("v1");
    Revision revision = rig.push(files(mesh(mesh, "Report", "east"), traffic("v1", "v2")));
    rig.start();
    rig.awaitShown(revision, "meshkeel/policy", "failure: ");
    assertThat(rules(run(revision).findings())).containsExactly("M202");
    rig.awaitShown(revision, "meshkeel/sync/" + mesh, "failure: not applied: denied by policy");

    pod("v2");
    rig.awaitShown(revision, "meshkeel/policy", "success");
    rig.awaitShown(revision, "meshkeel/sync/" + mesh, "success");

    // What the clusters do later takes nothing back.
    server.admin().pods().inNamespace(namespace).withName("web-v2").withGracePeriod(0).delete();
    await()
        .untilAsserted(() -> {
          AuditRun audit = run(revision).audit();
          assertThat(rules(audit.appeared())).containsExactly("M202");
        });
    assertThat(rig.forge.shown(revision, "meshkeel/policy")).startsWith("success");
    assertThat(rig.forge.shown(revision, "meshkeel/sync/" + mesh)).startsWith("success");
    await()
        .untilAsserted(() ->
            assertThat(rules(scene().findings())).as("what overview counts").contains("M202"));
    assertThat(rig.meters.get("meshkeel.findings").tag("severity", "error").gauge().value())
        .isEqualTo(1);

    // And it is no reason to deny what doesn't bring it in.
    Revision next = rig.push(Map.of("meshes/README.md", "The pods are gone."));
    rig.awaitShown(next, "meshkeel/policy", "success");
    rig.awaitShown(next, "meshkeel/sync/" + mesh, "success");
  }

  @Test
  void aClusterThatCannotBeReachedIsUnknownAndNotEmpty() throws Exception {
    rig.seeingWithin(Duration.ofSeconds(2));
    rig.connecting(
        "east",
        () -> {
          throw new ClusterException(
              FailureReason.CLUSTER_UNREACHABLE, "nobody is there", true, null);
        });
    Revision revision = rig.push(files(mesh(mesh, "Report", "east"), traffic("v1")));
    rig.start();
    rig.awaitShown(revision, "meshkeel/policy", "success");
    assertThat(run(revision).findings()).isEmpty();
    assertThat(run(revision).notJudged())
        .anySatisfy(one -> {
          assertThat(one.rule()).isEqualTo("M202");
          assertThat(one.objects()).isEqualTo(1);
        });
  }

  private Scene scene() {
    return rig.reconciler().scenes().stream()
        .filter(scene -> scene.mesh().equals(mesh))
        .findFirst()
        .orElseThrow();
  }
}

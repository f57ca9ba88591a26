package io.meshkeel.reconcile;

import static io.meshkeel.reconcile.EngineRig.files;
import static io.meshkeel.reconcile.EngineRig.mesh;
import static io.meshkeel.reconcile.EngineRig.service;
import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.ControlPlane;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.kube.Kubeconfig;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Revision;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster's own admission says no to what is declared. */
class AdmissionIT {
  @TempDir Path directory;
  private KubeApiServer server;
  private Kubeconfig kubeconfig;
  private EngineRig rig;
  private String namespace;
  private String mesh;
  private String policy;

  @BeforeEach
  void setUp() throws Exception {
    server = SharedServers.kubeApiServer();
    kubeconfig = ControlPlane.kubeconfig(server, "control-plane");
    namespace = SharedServers.newNamespace();
    mesh = SharedServers.newName("mesh");
    policy = SharedServers.newName("policy");
    rig = new EngineRig(directory).connecting("east", () -> KubeCluster.connect(kubeconfig));
  }

  @AfterEach
  void tearDown() throws Exception {
    rig.close();
    allow();
  }

  /** Denies everything with this name in the namespace of the test. */
  private void deny(String name) throws Exception {
    server.apply(
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: %1$s}
        spec:
          failurePolicy: Fail
          matchConstraints:
            resourceRules:
            - apiGroups: [networking.istio.io]
              apiVersions: ["*"]
              operations: [CREATE, UPDATE]
              resources: [virtualservices]
          validations:
          - expression: "object.metadata.namespace != '%2$s' || object.metadata.name != '%3$s'"
            message: "%3$s is closed"
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: %1$s}
        spec: {policyName: %1$s, validationActions: [Deny]}
        """
            .formatted(policy, namespace, name));
    try (KubeCluster cluster = KubeCluster.connect(kubeconfig)) {
      await().until(() -> denies(cluster, name));
    }
  }

  private boolean denies(KubeCluster cluster, String name) {
    try {
      cluster.dryRun(
          Manifest.of(
              Map.of(
                  "apiVersion",
                  "networking.istio.io/v1",
                  "kind",
                  "VirtualService",
                  "metadata",
                  Map.of("name", name, "namespace", namespace),
                  "spec",
                  Map.of("hosts", List.of("a")))),
          false);
      return false;
    } catch (ClusterException e) {
      return e.reason() == FailureReason.APPLY_REFUSED;
    }
  }

  private void allow() {
    server
        .admin()
        .genericKubernetesResources(
            "admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding")
        .withName(policy)
        .delete();
  }

  private boolean there(String name) {
    ResourceKey key = new ResourceKey("networking.istio.io", "VirtualService", namespace, name);
    return server
            .admin()
            .genericKubernetesResources("networking.istio.io/v1", key.kind())
            .inNamespace(namespace)
            .withName(name)
            .get()
        != null;
  }

  @Test
  void aDenialIsOneClearLineAndStopsOnlyWhatDependsOnIt() throws Exception {
    deny("orders");
    Map<String, String> front =
        Map.of(
            "meshes/" + mesh + "/traffic/front.yaml",
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: front, namespace: %s}
            spec:
              hosts: [front.example.com]
              http:
              - delegate: {name: orders}
            """
                .formatted(namespace));
    Revision revision =
        rig.push(
            files(
                mesh(mesh, "Report", "east"),
                service(mesh, namespace, "orders", "1s"),
                service(mesh, namespace, "cart", "1s"),
                front));
    rig.start();
    rig.awaitShown(
        revision, "meshkeel/sync/" + mesh, "failure: 0/1 cluster in sync; east: apply_refused");
    String told = rig.reconciler().lanes().getFirst().failure();
    assertThat(told)
        .startsWith("apply VirtualService " + namespace + "/orders: the cluster refuses it: ")
        .contains("orders is closed", policy)
        .doesNotContain("\n");
    assertThat(there("cart")).isTrue();
    assertThat(there("front")).isFalse();
    allow();
    rig.awaitShown(revision, "meshkeel/sync/" + mesh, "success: 1/1 cluster in sync");
    assertThat(there("orders")).isTrue();
    assertThat(there("front")).isTrue();
  }
}

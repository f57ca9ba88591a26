package io.meshkeel.rig;

import static io.meshkeel.testbed.Patience.await;

import io.meshkeel.model.Revision;
import io.meshkeel.rig.Rig.Repository;
import io.meshkeel.testbed.GiteaApi;
import io.meshkeel.testbed.GiteaApi.Status;
import io.meshkeel.testbed.SharedServers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open pull requests of a real Gitea when the branch gets other rules. */
class BoundProposalsIT {
  private static final String ROUTE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: orders, namespace: shop}
      spec:
        hosts: [orders.example.com]
        http:
          - timeout: %s
            route: [{destination: {host: orders.example.com}}]
      """;

  private static final String RULE =
      """
      package org.timeouts

      deny contains {"msg": "no time-out may be longer than 5 s", "_loc": "spec.http[0].timeout"} if {
      \tinput.kind == "VirtualService"
      \tinput.spec.http[0].timeout == "9s"
      }
      """;

  @TempDir Path folder;

  @Test
  void aPullRequestIsJudgedAgainWhenTheBranchGetsOtherRules() {
    try (Rig rig = new Rig(folder, SharedServers.binaries())) {
      Repository repository = rig.newRepository("bound");
      WorkingCopy files = repository.files();
      files.write(
          "meshes/bound/mesh.yaml",
          """
          apiVersion: meshkeel.io/v1alpha1
          kind: Mesh
          metadata: {name: bound}
          spec: {istioVersion: "1.31"}
          ---
          apiVersion: meshkeel.io/v1alpha1
          kind: MeshCluster
          metadata: {name: away}
          spec: {role: ControlPlane, credential: away}
          """);
      files.write("policies/config.yaml", "rules: {M103: {severity: off}}\n");
      files.write("meshes/bound/route.yaml", ROUTE.formatted("2s"));
      Revision first = files.publish("Declare a mesh whose cluster is away");
      rig.startService(repository, Launcher.command());
      awaitPolicy(rig, repository, first.sha(), "success");
      GiteaApi gitea = rig.gitea().api();
      String proposed =
          gitea.commitToNewBranch(
              repository.name(),
              "main",
              "longer",
              "Wait longer",
              Map.of("meshes/bound/route.yaml", ROUTE.formatted("9s")));
      gitea.openPullRequest(repository.name(), "Wait longer", "longer", "main");
      awaitPolicy(rig, repository, proposed, "success");

      files.write("policies/timeouts.rego", RULE);
      files.publish("Bound time-outs");
      awaitPolicy(rig, repository, proposed, "failure");

      files.delete("policies/timeouts.rego");
      files.publish("Leave time-outs to their owners");
      awaitPolicy(rig, repository, proposed, "success");
    }
  }

  private static void awaitPolicy(Rig rig, Repository repository, String commit, String state) {
    await(state)
        .until(
            () -> rig.gitea().api().statuses(repository.name(), commit),
            statuses -> {
              Status policy = statuses.get("meshkeel/policy");
              return policy != null && policy.state().equals(state);
            });
  }
}

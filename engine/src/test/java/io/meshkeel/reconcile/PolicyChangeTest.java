package io.meshkeel.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.kube.FakeCluster;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.report.PullRequest;
import io.meshkeel.report.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of the branch bind a proposal; what its own would do is told beside. */
final class PolicyChangeTest {
  private static final String POLICY = EngineRig.CONTEXT_POLICY;
  private static final Map<String, String> DENYING =
      Map.of("policies/all.rego", "package all\n\ndeny contains \"no\"\n");
  private static final Map<String, String> BROKEN = Map.of("policies/all.rego", "broken");

  @TempDir private Path directory = Path.of("");
  private EngineRig rig;

  /** A finding for each rule that says deny, and an error for one that says broken. */
  private static final class RegoJudge extends FindingJudge {
    @Override
    List<Finding> find(MeshDeclarations mesh, Snapshot snapshot, Evidence evidence) {
      List<Finding> findings = new ArrayList<>();
      mesh.governance()
          .policies()
          .files()
          .forEach((path, text) -> {
            if (text.contains("deny")) {
              findings.add(error("all.deny", "no", mesh, path));
            }
            if (text.contains("broken")) {
              findings.add(error("P001", "OPA refuses the rules", mesh, path));
            }
          });
      return findings;
    }

    private static Finding error(String rule, String message, MeshDeclarations mesh, String path) {
      return new Finding(
          rule,
          Severity.ERROR,
          message,
          mesh.mesh().name(),
          null,
          JsonPath.ROOT,
          new SourcePosition(path, 1, 1),
          "correct it");
    }
  }

  @BeforeEach
  void start() throws Exception {
    rig = new EngineRig(directory).judgedBy(new RegoJudge()).cluster("east", new FakeCluster());
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  private Revision propose(Map<String, String> files) throws Exception {
    Revision head = rig.origin.commit("refs/pull/4/head", "refs/heads/main", files);
    rig.forge.open(new PullRequest(4, head, "main", false));
    rig.reconciler().accept(new RepositoryEvent.PullRequestChanged(4));
    return head;
  }

  private void branch(Map<String, String> policies) throws Exception {
    Revision revision =
        rig.push(
            EngineRig.files(
                EngineRig.mesh("shop", "Report", "east"),
                EngineRig.service("shop", "shop-ns", "orders", "1s"),
                policies));
    rig.start();
    rig.awaitShown(revision, POLICY, policies.isEmpty() ? "success" : "failure");
  }

  private List<String> others(Revision head) {
    Run run = rig.store().get(head).orElseThrow();
    return run.problems().stream().map(Finding::oneLine).toList();
  }

  @Test
  void newRulesDoNotBindTheirOwnProposalAndTheirEffectIsTold() throws Exception {
    branch(Map.of());
    Revision head = propose(DENYING);
    rig.awaitShown(head, POLICY, "success: 1 mesh accepted; 1 warning");
    assertThat(others(head))
        .singleElement()
        .asString()
        .contains(
            "policies/all.rego:1:1: by the rules and settings of this proposal, which hold once it"
                + " is merged, mesh shop would be denied: 1 findings more (all.deny 1), 0 fewer",
            "[P007]");
  }

  @Test
  void aRuleThatIsTakenAwayStillBindsTheProposal() throws Exception {
    branch(DENYING);
    Revision head = propose(Map.of("policies/all.rego", "package all\n"));
    rig.awaitShown(head, POLICY, "failure");
    assertThat(others(head))
        .singleElement()
        .asString()
        .contains("mesh shop would be accepted: 0 findings more, 1 fewer (all.deny 1)");
  }

  @Test
  void brokenRulesAreAnErrorOfTheProposalAlready() throws Exception {
    branch(Map.of());
    Revision head = propose(BROKEN);
    rig.awaitShown(head, POLICY, "failure: 1 error");
    assertThat(others(head))
        .anyMatch(line -> line.startsWith("policies/all.rego:1:1: OPA refuses the rules"));
  }

  @Test
  void aProposalThatLeavesRulesAsTheyAreIsToldNothing() throws Exception {
    branch(Map.of());
    Revision head = propose(EngineRig.service("shop", "shop-ns", "orders", "2s"));
    rig.awaitShown(head, POLICY, "success: 1 mesh accepted");
    assertThat(others(head)).isEmpty();
  }
}

package io.meshkeel.demo;

import io.meshkeel.model.Revision;
import io.meshkeel.rig.Rig;
import java.util.Map;
import java.util.TreeMap;

/** What happens in the mesh {@code bank}, which has two control planes. */
final class BankSteps {
  private static final String HAND = "kubectl-edit";

  private final Story story;
  private final Statuses statuses;
  private final ClusterContent north;
  private final ClusterContent south;

  BankSteps(Story story, Rig rig, Statuses statuses) {
    this.story = story;
    this.statuses = statuses;
    this.north = new ClusterContent(rig.cluster("bank-north"));
    this.south = new ClusterContent(rig.cluster("bank-south"));
  }

  void applied(Revision head) {
    story.step("(c) The same commit: mesh bank, two control planes that must hold the same");
    statuses.expect(head, "meshkeel/sync/bank/bank-north", "success");
    statuses.expect(head, "meshkeel/sync/bank/bank-south", "success");
    statuses.expect(head, "meshkeel/sync/bank", "success");
    statuses.expect(head, "meshkeel/drift/bank", "success");
    TreeMap<String, Map<String, Object>> configuration = north.configuration();
    story.check(
        "bank-north holds " + configuration.size() + " objects of Istio and the Gateway API",
        configuration::keySet,
        names ->
            names.contains("VirtualService bank/transfers")
                && names.contains("WorkloadEntry bank/ledger-1")
                && names.contains("GRPCRoute bank/transfers"));
    story.check(
        "bank-south holds the same, field by field", south::configuration, configuration::equals);
  }

  void drift() {
    story.step("(g) A hand on one of the two control planes is drift of that one alone");
    Revision head = statuses.head();
    String context = "meshkeel/drift/bank";
    story.say("kubectl patch virtualservice -n bank transfers, in bank-south only");
    south.setTimeout("bank", "transfers", HAND, "90s");
    statuses.expect(head, context, "failure", "bank-south");
    story.check(
        context + " names VirtualService bank/transfers, and not bank-north",
        () -> statuses.of(head, context),
        seen -> seen.contains("VirtualService bank/transfers") && !seen.contains("bank-north"));
    story.check("bank-north is as it was", () -> timeout(north), "10s"::equals);
    story.check("in bank-south the change stays", () -> timeout(south), "90s"::equals);
    statuses.expect(head, "meshkeel/drift/shop", "success");
  }

  void mended() {
    story.step("... and the hand takes it back");
    south.setTimeout("bank", "transfers", HAND, "10s");
    statuses.expect(statuses.head(), "meshkeel/drift/bank", "success");
    story.check(
        "both control planes hold the same again",
        south::configuration,
        seen -> seen.equals(north.configuration()));
  }

  private static String timeout(ClusterContent cluster) {
    return cluster.timeout("bank", "transfers");
  }
}

package io.meshkeel.facts.injection;

import io.meshkeel.facts.workload.Pod;
import io.meshkeel.facts.workload.Workload;
import java.util.List;
import java.util.TreeSet;

/**
 * What was expected of a workload's proxies, and what was found.
 *
 * @param state in one word
 * @param reason in plain words
 * @param expected whether a new pod would get a proxy
 * @param pods how many pods run
 * @param injected how many of them have a proxy
 * @param revisions of the proxies that run, sorted
 */
public record SidecarState(
    State state,
    String reason,
    Expectation expected,
    int pods,
    int injected,
    List<String> revisions) {
  /** As reports show it. */
  public enum State {
    INJECTED("Injected"),
    UNINJECTED("Uninjected"),
    /** Pods that run differ from what new ones would be. */
    PENDING_RESTART("PendingRestart");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** As reports write it. */
    public String word() {
      return word;
    }
  }

  public SidecarState {
    revisions = List.copyOf(revisions);
  }

  /**
   * Compares pods that run with what is expected.
   *
   * @param expected of a new pod of this workload
   */
  static SidecarState of(Workload workload, Expectation expected) {
    List<Pod> pods = workload.pods();
    int injected = 0;
    int byHand = 0;
    TreeSet<String> revisions = new TreeSet<>();
    for (Pod pod : pods) {
      if (pod.shape().proxy().isPresent()) {
        injected++;
        byHand += pod.shape().proxy().get().injected() ? 0 : 1;
        String revision = pod.shape().proxy().get().revision();
        if (!revision.isEmpty()) {
          revisions.add(revision);
        }
      }
    }
    Verdict verdict =
        workload.outside().isPresent() || pods.isEmpty()
            ? withoutPods(workload, expected)
            : withPods(workload, expected, injected, byHand, revisions);
    return new SidecarState(
        verdict.state(), verdict.reason(), expected, pods.size(), injected, List.copyOf(revisions));
  }

  private record Verdict(State state, String reason) {}

  private static Verdict withoutPods(Workload workload, Expectation expected) {
    if (workload.shape().proxy().isPresent()) {
      return new Verdict(
          State.INJECTED,
          workload.outside().isPresent()
              ? "its entry says that it has a proxy"
              : "its template has a proxy of its own");
    }
    return expected.answer() == Expectation.Answer.YES
        ? new Verdict(State.INJECTED, "no pod runs; " + expected.reason())
        : new Verdict(State.UNINJECTED, expected.reason());
  }

  private static Verdict withPods(
      Workload workload,
      Expectation expected,
      int injected,
      int byHand,
      TreeSet<String> revisions) {
    int pods = workload.pods().size();
    boolean ownProxy = workload.controlled() && workload.shape().proxy().isPresent();
    return switch (expected.answer()) {
      case UNKNOWN ->
          injected == 0
              ? new Verdict(State.UNINJECTED, "no pod has a proxy")
              : new Verdict(
                  injected == pods ? State.INJECTED : State.PENDING_RESTART,
                  count(injected, pods) + " a proxy");
      case YES -> {
        if (injected < pods) {
          yield new Verdict(
              State.PENDING_RESTART,
              count(pods - injected, pods) + " no proxy, new ones would: " + expected.reason());
        }
        TreeSet<String> other = new TreeSet<>(revisions);
        other.remove(expected.revision());
        yield other.isEmpty() || expected.revision().isEmpty()
            ? new Verdict(State.INJECTED, expected.reason())
            : new Verdict(
                State.PENDING_RESTART,
                "proxies of revision "
                    + String.join(", ", other)
                    + " run, new ones would be of "
                    + expected.revision());
      }
      case NO -> {
        if (injected == 0) {
          yield new Verdict(State.UNINJECTED, expected.reason());
        }
        yield ownProxy || (!workload.controlled() && byHand == pods)
            ? new Verdict(State.INJECTED, "its template has a proxy of its own")
            : new Verdict(
                State.PENDING_RESTART,
                count(injected, pods) + " a proxy, new ones would not: " + expected.reason());
      }
    };
  }

  private static String count(int some, int pods) {
    return some + " of " + pods + (pods == 1 ? " pod has" : " pods have");
  }
}

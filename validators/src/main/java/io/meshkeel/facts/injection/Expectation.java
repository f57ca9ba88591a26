package io.meshkeel.facts.injection;

import java.util.List;

/**
 * Whether a new pod would get a proxy.
 *
 * @param answer yes, no, or not known
 * @param reason what decides, in plain words
 * @param revision of the istiod that injects; empty unless the answer is yes
 * @param revisions all that would inject, if there are several, which breaks the pod; otherwise at
 *     most the one
 */
public record Expectation(Answer answer, String reason, String revision, List<String> revisions) {
  /** Whether a new pod would get a proxy. */
  public enum Answer {
    YES,
    NO,
    /** The namespace's labels were not looked at. */
    UNKNOWN
  }

  public Expectation {
    revisions = List.copyOf(revisions);
  }

  static Expectation no(String reason) {
    return new Expectation(Answer.NO, reason, "", List.of());
  }

  static Expectation unknown(String reason) {
    return new Expectation(Answer.UNKNOWN, reason, "", List.of());
  }
}

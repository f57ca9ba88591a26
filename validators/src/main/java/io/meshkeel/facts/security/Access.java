package io.meshkeel.facts.security;

import io.meshkeel.model.ResourceKey;
import java.util.List;

/**
 * Who may call a port of a workload.
 *
 * @param verdict in one word
 * @param words in plain words, at most {@link AccessWords#MAX_LENGTH} characters
 * @param defaultDeny some ALLOW policy counts, so that what none allows is denied
 * @param custom policies that ask somebody else, oldest first
 * @param deny policies that deny
 * @param allow policies that allow
 * @param audit policies that only log
 * @param dryRun policies of any action that change nothing
 */
public record Access(
    Verdict verdict,
    String words,
    boolean defaultDeny,
    List<ResourceKey> custom,
    List<ResourceKey> deny,
    List<ResourceKey> allow,
    List<ResourceKey> audit,
    List<ResourceKey> dryRun) {
  /** Who may call. */
  public enum Verdict {
    /** Every request of every caller. */
    ANYONE,
    /** Some callers, or some requests. */
    SOME,
    NOBODY
  }

  public Access {
    custom = List.copyOf(custom);
    deny = List.copyOf(deny);
    allow = List.copyOf(allow);
    audit = List.copyOf(audit);
    dryRun = List.copyOf(dryRun);
  }

  /**
   * This one for HTTP and the other for what is no HTTP, on a port that may carry both.
   *
   * @param bytes the same policies on a connection that is only bytes
   */
  Access orAsBytes(Access bytes) {
    if (bytes.verdict == verdict && bytes.words.equals(words)) {
      return this;
    }
    String both = words + "; if it is no HTTP: " + bytes.words;
    if (both.length() > AccessWords.MAX_LENGTH) {
      String shorter = bytes.verdict == Verdict.SOME ? "other callers" : bytes.words;
      both = words + "; if it is no HTTP: " + shorter;
    }
    return new Access(
        bytes.verdict == verdict ? verdict : Verdict.SOME,
        both.length() > AccessWords.MAX_LENGTH ? "depends on the protocol" : both,
        defaultDeny,
        custom,
        deny,
        allow,
        audit,
        dryRun);
  }
}

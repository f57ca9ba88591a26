package io.meshkeel.report;

import java.net.URI;
import java.util.Locale;

/**
 * One status on a commit, as every forge has it.
 *
 * @param context what it is about, unique per commit: {@code meshkeel/policy}
 * @param state how it stands
 * @param description one line for people
 * @param target the page with the full report
 */
public record CommitStatus(String context, State state, String description, URI target) {

  /** How it stands. A forge without {@code ERROR} shows it as failure. */
  public enum State {
    PENDING,
    SUCCESS,
    /** It was judged or tried, and the answer is no. */
    FAILURE,
    /** It could not be told. */
    ERROR;

    /** As forges write it: {@code pending}, {@code success}, {@code failure}, {@code error}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

package io.meshkeel.model;

/**
 * How a finding is taken.
 *
 * @param state whether it may deny
 * @param by the name of the waiver for {@code WAIVED}, else empty
 */
public record Standing(State state, String by) {
  /** Brought in by the revision, or nobody asked what was there before. */
  public static final Standing NEW = new Standing(State.NEW, "");

  /** The revision that it is compared with has it too: debt. */
  public static final Standing KNOWN = new Standing(State.KNOWN, "");

  /** Excepted by this waiver. */
  public static Standing waived(String waiver) {
    return new Standing(State.WAIVED, waiver);
  }

  /** Whether an error denies. */
  public enum State {
    NEW,
    KNOWN,
    WAIVED
  }
}

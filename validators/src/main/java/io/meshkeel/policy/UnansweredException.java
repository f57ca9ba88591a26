package io.meshkeel.policy;

/** A question that got no answer. */
public final class UnansweredException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Cause {
    /** No connection, or it broke. */
    UNREACHABLE,
    /** Too late. */
    TIMEOUT,
    /** OPA answered, but with an error. */
    REFUSED,
    /** OPA answered without a decision, as it does when the policies are not there. */
    UNDEFINED,
    /** The answer is not what was asked for, or from other policies. */
    UNTRUSTED
  }

  private final Cause reason;

  public UnansweredException(Cause reason, String message) {
    super(message);
    this.reason = reason;
  }

  UnansweredException(Cause reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What went wrong. */
  public Cause reason() {
    return reason;
  }

  /** Whether a fresh OPA with the policies published again may answer. */
  public boolean isCuredByRestart() {
    return switch (reason) {
      case UNREACHABLE, UNDEFINED, UNTRUSTED -> true;
      case TIMEOUT, REFUSED -> false;
    };
  }
}

package io.meshkeel.kube;

import io.meshkeel.model.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * A cluster could not be asked, or said no. The message is one line, bounded and free of control
 * characters; it never holds a credential.
 */
public final class ClusterException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;
  private final boolean retryable;

  /**
   * @param retryable whether the same call may succeed later without anyone's doing
   */
  public ClusterException(
      FailureReason reason, String message, boolean retryable, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.retryable = retryable;
  }

  public FailureReason reason() {
    return reason;
  }

  /** Whether the same call may succeed later without anyone's doing (time-out, 429, 5xx). */
  public boolean retryable() {
    return retryable;
  }
}

package io.meshkeel.git;

import io.meshkeel.model.FailureReason;

/**
 * The repository could not be fetched or read. The message says what, where and how to fix it, and
 * never holds a token.
 */
public final class GitException extends Exception {
  private static final long serialVersionUID = 1L;

  public GitException(String message, Throwable cause) {
    super(message, cause);
  }

  public GitException(String message) {
    super(message);
  }

  /** Always {@link FailureReason#FETCH_FAILED}. */
  public FailureReason reason() {
    return FailureReason.FETCH_FAILED;
  }
}

package io.meshkeel.policy;

/**
 * Policy could not be asked, or its answer can't be trusted. The message says what happened and how
 * to fix it; it never holds the access token.
 */
public final class PolicyException extends Exception {
  private static final long serialVersionUID = 1L;

  public PolicyException(String message) {
    super(message);
  }

  public PolicyException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.meshkeel.testbed;

import java.io.Serial;

/** A server could not be found, built, started or used; the message says what to do about it. */
public final class TestbedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public TestbedException(String message) {
    super(message);
  }

  public TestbedException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.meshkeel.report;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The forge didn't answer, refused, or asked to wait. The message never holds a token. */
public final class ForgeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean retryable;
  private final @Nullable Duration retryAfter;

  /**
   * @param retryable whether the same call may succeed later
   * @param retryAfter how long the forge asked to wait; null if it didn't say
   */
  public ForgeException(
      String message, boolean retryable, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
    this.retryAfter = retryAfter;
  }

  /** Whether the same call may succeed later (a time-out, 429, 5xx). */
  public boolean retryable() {
    return retryable;
  }

  /** How long the forge asked to wait ({@code Retry-After}). */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}

package io.meshkeel.app;

import org.jspecify.annotations.Nullable;

/**
 * Ends a command with one line on standard error and an exit code. Thrown from a command's {@code
 * call()}; the root prints it.
 */
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandException(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Input that can't be read: {@link ExitCode#WRONG_USE}. */
  public static CommandException brokenInput(String message) {
    return new CommandException(ExitCode.WRONG_USE, message, null);
  }

  /**
   * A server, a program or a file that is needed can't be used: {@link ExitCode#UNABLE}.
   *
   * @param message what, why and how to fix it
   */
  public static CommandException unable(String message, @Nullable Throwable cause) {
    return new CommandException(ExitCode.UNABLE, message, cause);
  }

  /** One of {@link ExitCode}. */
  public int exitCode() {
    return exitCode;
  }
}

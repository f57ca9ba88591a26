package io.meshkeel.app;

/** What a command's exit code says; the same for all commands. */
public final class ExitCode {
  /** All is well. */
  public static final int GOOD = 0;

  /** It was done, and there are findings that deny, or differences where they were asked about. */
  public static final int FINDINGS = 1;

  /** Wrong use, or input that can't be read. */
  public static final int WRONG_USE = 2;

  /** It could not be done: a server, a program or a file that is needed can't be used. */
  public static final int UNABLE = 3;

  private ExitCode() {}
}

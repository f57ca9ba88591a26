package io.meshkeel.policy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends an OPA whose JVM was killed: a shell waits at the end of a pipe that only this JVM holds,
 * and which the system closes with it. Where there is no shell the next start does it ({@link
 * OpaFolder}). Any thread.
 */
final class OpaGuard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpaGuard.class);

  /** A line means that nothing is left to do; the end of the pipe without one that all is lost. */
  private static final String SCRIPT = "read -r done || kill \"$1\"";

  private final OutputStream pipe;

  private OpaGuard(OutputStream pipe) {
    this.pipe = pipe;
  }

  /** Guards a process from now on. */
  static OpaGuard of(long pid) {
    ProcessBuilder shell =
        new ProcessBuilder(List.of("sh", "-c", SCRIPT, "meshkeel-opa-guard", Long.toString(pid)));
    shell.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    shell.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      return new OpaGuard(shell.start().getOutputStream());
    } catch (IOException e) {
      LOG.debug("no shell guards OPA (process {})", pid, e);
      return new OpaGuard(OutputStream.nullOutputStream());
    }
  }

  /** The process has ended, or will. Idempotent. */
  @Override
  public void close() {
    try (pipe) {
      pipe.write('\n');
      pipe.flush();
    } catch (IOException e) {
      LOG.trace("the guard has ended already", e);
    }
  }
}

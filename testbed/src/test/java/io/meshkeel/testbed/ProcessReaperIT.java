package io.meshkeel.testbed;

import static io.meshkeel.testbed.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second JVM that starts a server and ends in different ways. */
class ProcessReaperIT {
  @TempDir Path folder;

  /** Starts a process, writes its number to a file and waits, or ends without closing it. */
  static final class Owner {
    private Owner() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      Path folder = Path.of(arguments[0]);
      ServerProcess process =
          ServerProcess.start(
              "sleeper", List.of("/bin/sh", "-c", "trap '' HUP; sleep 300"), Map.of(), folder);
      Files.writeString(folder.resolve("pid"), Long.toString(process.pid()));
      if (arguments[1].equals("wait")) {
        Thread.sleep(Duration.ofMinutes(5));
      }
    }
  }

  private Process owner(String mode) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            Owner.class.getName(),
            folder.toString(),
            mode)
        .inheritIO()
        .start();
  }

  private ProcessHandle sleeper() {
    Path pid = folder.resolve("pid");
    await().until(() -> Files.exists(pid) && Files.size(pid) > 0);
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aJvmThatIsKilledLeavesNoServer() throws Exception {
    Process owner = owner("wait");
    ProcessHandle sleeper = sleeper();
    assertThat(sleeper.isAlive()).isTrue();

    owner.destroyForcibly();

    await().until(() -> !runs(sleeper));
  }

  @Test
  void aJvmThatEndsWithoutClosingLeavesNoServer() throws Exception {
    Process owner = owner("end");

    assertThat(owner.waitFor()).isZero();

    Path pid = folder.resolve("pid");
    long number = Long.parseLong(Files.readString(pid));
    await().until(() -> ProcessHandle.of(number).filter(ProcessReaperIT::runs).isEmpty());
  }

  /** A process that has ended but that nobody has asked about yet has no command any more. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}

package io.meshkeel.testbed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Ends the processes this JVM started, when the JVM ends, in whatever way it ends: one small shell
 * process reads the numbers of our processes from a pipe, and when the pipe closes, which the
 * kernel does even after {@code kill -9}, it ends what is left. Where there is no shell, a shutdown
 * hook does it, which {@code kill -9} outruns.
 */
final class ProcessReaper {
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      pids=' '
      while read -r line; do
        pid=${line#?}
        case $line in
          +*) pids="$pids$pid " ;;
          -*) case $pids in *" $pid "*) pids="${pids%% $pid *} ${pids#* $pid }" ;; esac ;;
        esac
      done
      for pid in $pids; do kill -TERM $pid 2>/dev/null; done
      tries=0
      while [ $tries -lt 50 ]; do
        left=
        for pid in $pids; do kill -0 $pid 2>/dev/null && left="$left $pid"; done
        [ -z "$left" ] && exit 0
        sleep 0.1
        tries=$((tries + 1))
      done
      for pid in $left; do kill -KILL $pid 2>/dev/null; done
      """;

  private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();
  private static @Nullable OutputStream pipe;
  private static boolean started;

  private ProcessReaper() {}

  /** From now on this process ends with the JVM. */
  static void watch(Process process) {
    ALIVE.add(process);
    tell("+" + process.pid());
  }

  /** This process has ended; its number may be another's soon. */
  static void forget(Process process) {
    if (ALIVE.remove(process)) {
      tell("-" + process.pid());
    }
  }

  /**
   * A command that runs apart from the terminal where that is possible, so that an interrupt typed
   * there reaches only this JVM, which then ends its servers in order.
   */
  static List<String> detached(List<String> command) {
    for (String setsid : List.of("/usr/bin/setsid", "/bin/setsid")) {
      if (Files.isExecutable(Path.of(setsid))) {
        List<String> all = new ArrayList<>(List.of(setsid));
        all.addAll(command);
        return all;
      }
    }
    return command;
  }

  private static synchronized void tell(String line) {
    if (!started) {
      started = true;
      start();
    }
    OutputStream out = pipe;
    if (out == null) {
      return;
    }
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      pipe = null; // The watching process is gone: the hook takes over.
      hook();
    }
  }

  private static void start() {
    try {
      Process shell =
          new ProcessBuilder(detached(List.of("/bin/sh", "-c", SCRIPT)))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      pipe = shell.getOutputStream();
    } catch (IOException e) {
      hook();
    }
  }

  private static void hook() {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroyForcibly), "reaper"));
  }
}

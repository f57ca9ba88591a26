package io.meshkeel.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of a process as Linux accounts it in {@code /proc/<pid>/status}. */
final class ProcessMemory {
  private ProcessMemory() {}

  /** {@code VmRSS}, in MiB. */
  static double residentMiB(long pid) {
    return field(pid, "VmRSS:");
  }

  /** {@code VmHWM}, in MiB. */
  static double peakMiB(long pid) {
    return field(pid, "VmHWM:");
  }

  private static double field(long pid, String name) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("process " + pid + " has no " + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.meshkeel.policy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the OPA binary is. */
public final class OpaBinary {
  /** Environment variable that names the binary. */
  public static final String VARIABLE = "MESHKEEL_OPA";

  private OpaBinary() {}

  /**
   * Finds the binary: the flag, {@link #VARIABLE}, the distribution's folder ({@code opa} or {@code
   * bin/opa} in it), {@code PATH}. A flag or variable that is given and names no executable file is
   * an error: the next place is not tried.
   *
   * @param flag value of {@code --opa}
   * @param environment the process's environment
   * @param distribution the distribution's folder, if the service runs from one
   * @throws PolicyException if there is none; the message says what to do
   */
  public static Path find(
      Optional<Path> flag, Map<String, String> environment, Optional<Path> distribution)
      throws PolicyException {
    if (flag.isPresent()) {
      return named("--opa", flag.get());
    }
    String variable = environment.getOrDefault(VARIABLE, "");
    if (!variable.isEmpty()) {
      return named(VARIABLE, Path.of(variable));
    }
    for (Path candidate : unnamed(environment, distribution)) {
      if (isProgram(candidate)) {
        return candidate;
      }
    }
    throw new PolicyException(
        "there is no OPA: it was looked for in --opa, "
            + VARIABLE
            + ", the distribution's folder and PATH. Fix: install OPA 1.x"
            + " (https://www.openpolicyagent.org/docs/#running-opa) on PATH, or name the binary"
            + " with --opa FILE or "
            + VARIABLE);
  }

  private static Path named(String how, Path file) throws PolicyException {
    if (!isProgram(file)) {
      throw new PolicyException(
          how
              + " names "
              + file
              + ", which is not an executable file. Fix: name an OPA 1.x binary, or leave "
              + how
              + " out to use the one of the distribution or on PATH");
    }
    return file;
  }

  private static List<Path> unnamed(Map<String, String> environment, Optional<Path> distribution) {
    List<Path> candidates = new ArrayList<>();
    distribution.ifPresent(folder -> {
      candidates.add(folder.resolve("opa"));
      candidates.add(folder.resolve("bin").resolve("opa"));
    });
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (!folder.isEmpty()) {
        candidates.add(Path.of(folder).resolve("opa"));
      }
    }
    return candidates;
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}

package io.meshkeel.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Small executables and a small binary for the tests of the search. */
final class Scripts {
  private Scripts() {}

  /** A binary with the definition of OPA, so with a real version, that is quick to build. */
  static ServerBinary binary() {
    ServerBinary opa = ServerBinary.OPA;
    return new ServerBinary(
        "opa",
        "MESHKEEL_TEST_OPA",
        "opa",
        List.of("version"),
        opa.definition(),
        opa.module(),
        opa.versionModule(),
        opa.goPackage(),
        List.of("-ldflags", "-X version={version} -X minor={major}.{minor}"),
        true,
        new ServerBinary.ImageFile("example/opa:{version}", "/opa"),
        Duration.ofSeconds(2));
  }

  /** An executable shell script. */
  static Path script(Path file, String... lines) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
    return file;
  }

  /** A program that prints this version. */
  static Path program(Path file, String version) throws IOException {
    return script(file, "echo 'Version: " + version + "'", "echo 'Go Version: go1.26.8'");
  }

  /** Shell lines that set {@code out} to the value of the option {@code -o}. */
  static String findOutput() {
    return "while [ $# -gt 0 ]; do [ \"$1\" = -o ] && out=$2; shift; done";
  }
}

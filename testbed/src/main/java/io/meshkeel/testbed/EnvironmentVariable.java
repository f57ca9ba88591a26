package io.meshkeel.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The environment variable that names the executable. A wrong one is an error, not ignored. */
record EnvironmentVariable(Map<String, String> environment) implements BinarySource {
  EnvironmentVariable {
    environment = Map.copyOf(environment);
  }

  @Override
  public Optional<Path> find(ServerBinary binary) {
    String value = environment.getOrDefault(binary.variable(), "");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Path path = Path.of(value).toAbsolutePath();
    if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
      throw new TestbedException(
          binary.variable()
              + " names "
              + path
              + ", which is no executable file; correct it, or unset"
              + " it to have "
              + binary.name()
              + " found or built");
    }
    return Optional.of(path);
  }
}

package io.meshkeel.testbed;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command on {@code PATH} whose minor release is the wanted one. */
record PathLookup(Map<String, String> environment) implements BinarySource {
  /** How long a command may take to print its version. */
  static final Duration VERSION_TIMEOUT = Duration.ofSeconds(30);

  private static final Pattern VERSION = Pattern.compile("\\bv?(\\d+\\.\\d+)\\.\\d+");

  PathLookup {
    environment = Map.copyOf(environment);
  }

  @Override
  public Optional<Path> find(ServerBinary binary) throws IOException, InterruptedException {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path path = Path.of(folder).resolve(binary.command());
      if (path.isAbsolute()
          && Files.isRegularFile(path)
          && Files.isExecutable(path)
          && minorRelease(path, binary).equals(Optional.of(binary.minorRelease()))) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  /** Major and minor number that a program says it has; empty if it doesn't run or doesn't say. */
  static Optional<String> minorRelease(Path path, ServerBinary binary) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(path.toString()));
    command.addAll(binary.versionArguments());
    try {
      Command.Result result = Command.run(command, Path.of("/"), Map.of(), VERSION_TIMEOUT);
      // The first version printed is the program's own; those of its compiler come later.
      Matcher matcher = VERSION.matcher(result.output());
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // A command that can't be run is not the wanted one.
    }
  }
}

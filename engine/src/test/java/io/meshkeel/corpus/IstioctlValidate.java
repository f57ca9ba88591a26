package io.meshkeel.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.model.Manifest;
import io.meshkeel.testbed.Command;
import io.meshkeel.testbed.ServerBinary;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code istioctl validate} about many objects at once, offline. */
final class IstioctlValidate {
  private static final Pattern REFUSED =
      Pattern.compile("(\\w+)/" + AdmissionCorpus.NAMESPACE + "/([a-z0-9-]+):(.*)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private IstioctlValidate() {}

  /** What it says of those it refuses, by {@code Kind/name}. */
  static Map<String, String> refused(List<Manifest> objects)
      throws IOException, InterruptedException {
    StringBuilder documents = new StringBuilder();
    for (Manifest object : objects) {
      documents.append("---\n").append(JSON.writeValueAsString(object.content())).append('\n');
    }
    Path file = Files.createTempFile("corpus", ".yaml");
    try {
      Files.writeString(file, documents);
      Command.Result result =
          Command.run(
              List.of(
                  SharedServers.binaries().get(ServerBinary.ISTIOCTL).toString(),
                  "validate",
                  "-f",
                  file.toString()),
              Path.of("").toAbsolutePath(),
              Map.of(),
              Duration.ofMinutes(2));
      // It would stop at a document that it can't read, and say nothing of those behind it.
      if (result.output().contains("failed to decode file")) {
        throw new IllegalStateException(
            result.output().substring(result.output().indexOf("failed to decode file")));
      }
      return parsed(result.output());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Warnings come first, each with the same prefix; errors follow their own headline. */
  static Map<String, String> parsed(String output) {
    int errors = output.indexOf("Error: ");
    Map<String, String> refused = new TreeMap<>();
    Matcher line = REFUSED.matcher(errors < 0 ? "" : output.substring(errors));
    while (line.find()) {
      refused.merge(
          line.group(1) + "/" + line.group(2), line.group(3).strip(), (a, b) -> a + "; " + b);
    }
    return refused;
  }
}

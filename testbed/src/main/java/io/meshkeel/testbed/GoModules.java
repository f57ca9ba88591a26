package io.meshkeel.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Brings Go modules through the Go module proxy. */
final class GoModules {
  /** How long the download of one module may take. */
  static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(10);

  private GoModules() {}

  /** The folder with the unpacked files of a module; not to be changed. */
  static Path folder(String module, String version) throws IOException, InterruptedException {
    String wanted = module + "@v" + version;
    List<String> command = List.of("go", "mod", "download", "-json", wanted);
    // A folder that is in no module, so that nobody's go.mod decides what is downloaded.
    Path empty = Files.createTempDirectory("meshkeel-go");
    Command.Result result;
    try {
      result =
          Command.run(command, empty, Map.of("GOFLAGS", "", "GOWORK", "off"), DOWNLOAD_TIMEOUT);
    } catch (IOException e) {
      throw new TestbedException(
          "cannot download " + wanted + ": " + e.getMessage() + ". Install Go 1.26 or newer.", e);
    } finally {
      BinaryCache.delete(empty);
    }
    String output = result.orFail("the download of " + wanted);
    JsonNode answer = new ObjectMapper().readTree(output.substring(output.indexOf('{')));
    return Path.of(answer.path("Dir").asText());
  }
}

package io.meshkeel.testbed;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The samples that Istio publishes, as the Go module of the testbed's istiod has them; kept in the
 * cache of the testbed.
 */
public final class IstioSamples {
  private static final String MODULE = "istio.io/istio";
  private static final ObjectMapper JSON = new ObjectMapper();

  private IstioSamples() {}

  /**
   * The text of each YAML file below {@code samples}, by its path from there, Helm's templates left
   * out.
   *
   * @throws TestbedException if they can't be had
   */
  public static SortedMap<String, String> files(Binaries binaries) {
    String release = BuildDefinition.of("istio").version(MODULE);
    Path file =
        CachedText.file(
            binaries,
            "istio-samples-" + release + ".json",
            "downloading the samples of " + MODULE + " v" + release,
            () ->
                JSON.writeValueAsString(
                    read(GoModules.folder(MODULE, release).resolve("samples"))));
    try {
      return Collections.unmodifiableSortedMap(
          JSON.readValue(file.toFile(), new TypeReference<TreeMap<String, String>>() {}));
    } catch (IOException e) {
      throw new TestbedException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static SortedMap<String, String> read(Path samples) throws IOException {
    List<Path> found;
    try (Stream<Path> walk = Files.walk(samples)) {
      found = walk.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
    SortedMap<String, String> files = new TreeMap<>();
    for (Path file : found) {
      String path = samples.relativize(file).toString().replace('\\', '/');
      if (!path.contains("/templates/")) {
        files.put(path, Files.readString(file));
      }
    }
    return files;
  }
}

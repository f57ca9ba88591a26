package io.meshkeel.testbed.schema;

import io.meshkeel.testbed.Binaries;
import io.meshkeel.testbed.Crds;
import io.meshkeel.testbed.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Writes the reduced schemas. Run it from the top of the source tree after a version in {@link
 * SchemaSource} changed, with the folder of the schemas as its argument.
 */
public final class ReduceSchemas {
  private ReduceSchemas() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: ReduceSchemas FOLDER");
      System.exit(2);
    }
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Progress progress = Progress.toStandardError();
    Crds crds = new Crds(Binaries.fromEnvironment(progress));
    for (SchemaSource source : SchemaSource.ALL) {
      Path file = folder.resolve(source.name() + ".json");
      Files.writeString(file, reduce(source, Files.readString(source.published(crds))));
      progress.line("wrote " + file + ", " + Files.size(file) / 1024 + " KiB");
    }
  }

  /** The reduced form of published definitions, as text. */
  static String reduce(SchemaSource source, String yaml) {
    List<Map<String, Object>> kinds = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml)) {
      if (document instanceof Map<?, ?> map && "CustomResourceDefinition".equals(map.get("kind"))) {
        kinds.add(SchemaReducer.kind(SchemaReducer.map(document)));
      }
    }
    kinds.removeIf(kind -> SchemaReducer.list(kind, "schemas").isEmpty());
    kinds.sort(
        Comparator.<Map<String, Object>, String>comparing(kind -> (String) kind.get("group"))
            .thenComparing(kind -> (String) kind.get("kind")));
    SharedSchemas shared = new SharedSchemas();
    eachSchema(kinds, (kind, entry) -> shared.count(SchemaReducer.map(entry, "schema")));
    eachSchema(
        kinds,
        (kind, entry) ->
            entry.put("schema", shared.share(SchemaReducer.map(entry, "schema"), kind)));
    Map<String, Object> all = new TreeMap<>();
    all.put(
        "source",
        List.of(
            Map.of(
                "module", source.module(),
                "version", "v" + source.version(),
                "file", source.file())));
    all.put("release", source.release());
    all.put("kinds", kinds);
    all.put("definitions", shared.definitions());
    return CompactJson.text(all);
  }

  /** What is done with each entry of {@code schemas}. */
  @FunctionalInterface
  private interface EachSchema {
    void take(String kind, Map<String, Object> entry);
  }

  private static void eachSchema(List<Map<String, Object>> kinds, EachSchema each) {
    for (Map<String, Object> kind : kinds) {
      for (Object entry : SchemaReducer.list(kind, "schemas")) {
        each.take(SchemaReducer.text(kind, "kind"), SchemaReducer.map(entry));
      }
    }
  }
}

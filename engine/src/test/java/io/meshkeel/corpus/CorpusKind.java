package io.meshkeel.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.policy.schema.SchemaCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A kind and the schema of its {@code spec}.
 *
 * @param kind group and kind
 * @param apiVersion the version that objects are written in
 * @param plural the name of the resource in paths of the API server
 * @param clusterScoped whether its objects have no namespace
 * @param spec the schema
 */
public record CorpusKind(
    GroupKind kind, String apiVersion, String plural, boolean clusterScoped, SchemaNode spec) {
  /** Every kind of a catalog, in every version that is served. */
  public static List<CorpusKind> of(String catalog) {
    Map<String, Object> stored = stored(catalog);
    Map<String, Object> definitions = JsonTree.map(stored, "definitions");
    List<CorpusKind> kinds = new ArrayList<>();
    for (Map<String, Object> kind : JsonTree.maps(stored, "kinds")) {
      String group = JsonTree.string(kind, "group", "");
      for (Map<String, Object> schema : JsonTree.maps(kind, "schemas")) {
        // All versions of one schema are the same object to the API server: the last one will do.
        String version = JsonTree.strings(schema, "versions").getFirst();
        SchemaNode root = SchemaNode.of(JsonTree.map(schema, "schema"), definitions);
        kinds.add(
            new CorpusKind(
                new GroupKind(group, JsonTree.string(kind, "kind", "")),
                group + "/" + version,
                JsonTree.string(kind, "plural", ""),
                JsonTree.string(kind, "scope", "").equals("Cluster"),
                Objects.requireNonNull(root.properties().get("spec"))));
      }
    }
    return kinds;
  }

  /** What the rules of a catalog say when they refuse an object. */
  public static Set<String> ruleMessages(String catalog) {
    Set<String> messages = new TreeSet<>();
    collect(stored(catalog), messages);
    return messages;
  }

  private static void collect(Object value, Set<String> messages) {
    if (value instanceof Map<?, ?> map) {
      if (map.get("x-kubernetes-validations") instanceof List<?> rules) {
        for (Object rule : rules) {
          if (rule instanceof Map<?, ?> each && each.get("message") instanceof String message) {
            messages.add(message);
          }
        }
      }
      map.values().forEach(each -> collect(each, messages));
    } else if (value instanceof List<?> list) {
      list.forEach(each -> collect(each, messages));
    }
  }

  private static Map<String, Object> stored(String catalog) {
    try (InputStream in = SchemaCheck.class.getResourceAsStream(catalog + ".json")) {
      return JsonTree.freeze(
          new ObjectMapper().readValue(Objects.requireNonNull(in, catalog), Map.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

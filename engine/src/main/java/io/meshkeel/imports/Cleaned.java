package io.meshkeel.imports;

import io.meshkeel.desired.Labels;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.policy.schema.SchemaCheck;
import io.meshkeel.policy.schema.SchemaError;
import io.meshkeel.policy.schema.SchemaViolation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * An object as a person would declare it.
 *
 * @param manifest without what the server, its controllers, other tools and Meshkeel write
 * @param omitted what a reader should know is missing
 */
record Cleaned(Manifest manifest, List<String> omitted) {
  private static final List<String> VERSIONS = List.of("v1", "v1beta1", "v1alpha1", "v1alpha3");

  Cleaned {
    omitted = List.copyOf(omitted);
  }

  static Cleaned of(Manifest object, SchemaCheck schema) {
    List<String> omitted = new ArrayList<>();
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("name", object.key().name());
    if (!object.key().namespace().isEmpty()) {
      metadata.put("namespace", object.key().namespace());
    }
    names(object, "labels", metadata, omitted);
    names(object, "annotations", metadata, omitted);
    if (!JsonTree.list(object.metadata(), "finalizers").isEmpty()) {
      omitted.add("metadata.finalizers (whoever set them keeps them)");
    }
    Map<String, Object> content = new HashMap<>(object.content());
    content.remove("status");
    content.put("metadata", metadata);
    Manifest manifest = served(Manifest.of(content), schema);
    Map<String, Object> stripped = schema.withoutDefaults(manifest);
    if (!stripped.equals(manifest.content())) {
      omitted.add("fields that hold what the CRD fills in by itself");
    }
    return new Cleaned(Manifest.of(stripped), omitted);
  }

  /** What the server would say against it; empty if nothing. */
  List<SchemaViolation> violations(SchemaCheck schema) {
    return schema.check(manifest);
  }

  /** The annotations that a person wrote. */
  static Map<String, Object> annotations(Manifest object) {
    Map<String, Object> kept = new HashMap<>(object.annotations());
    kept.keySet().removeIf(name -> Keeper.isMark(name) || serverSide(name));
    return Map.copyOf(kept);
  }

  private static void names(
      Manifest object, String field, Map<String, Object> metadata, List<String> omitted) {
    Map<String, Object> kept = new HashMap<>();
    TreeSet<String> marks = new TreeSet<>();
    JsonTree.map(object.metadata(), field)
        .forEach((name, value) -> {
          if (Keeper.isMark(name)) {
            marks.add(name);
          } else if (!serverSide(name)) {
            kept.put(name, value);
          }
        });
    if (!kept.isEmpty()) {
      metadata.put(field, kept);
    }
    if (!marks.isEmpty()) {
      omitted.add("metadata." + field + " of another tool: " + String.join(", ", marks));
    }
  }

  private static boolean serverSide(String name) {
    return name.startsWith(Labels.OWN_PREFIX)
        || name.startsWith("applyset.kubernetes.io/")
        || name.startsWith("kubectl.kubernetes.io/")
        || name.equals(Labels.MANAGED_BY)
        || name.equals("kapp.k14s.io/original")
        || name.equals("objectset.rio.cattle.io/applied");
  }

  /** In a version that the schemas know: all versions of an Istio kind share one schema. */
  private static Manifest served(Manifest object, SchemaCheck schema) {
    if (!unknownVersion(object, schema)) {
      return object;
    }
    for (String version : VERSIONS) {
      Map<String, Object> content = new HashMap<>(object.content());
      content.put("apiVersion", object.key().group() + "/" + version);
      Manifest other = Manifest.of(content);
      if (!unknownVersion(other, schema)) {
        return other;
      }
    }
    return object;
  }

  private static boolean unknownVersion(Manifest object, SchemaCheck schema) {
    List<SchemaViolation> found = schema.check(object);
    return found.size() == 1 && found.getFirst().error() == SchemaError.VERSION;
  }
}

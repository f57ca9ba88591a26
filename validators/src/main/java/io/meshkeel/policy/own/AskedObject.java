package io.meshkeel.policy.own;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.Finding;
import io.meshkeel.model.ResourceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object about which rules are asked.
 *
 * @param declaration the object; one that the revision removes as the former declares it
 * @param change what the revision does to it
 * @param old as it was before, where it is updated or deleted
 * @param facts what is known of its surroundings
 * @param ask the rules and their parameters, by id
 */
record AskedObject(
    Declaration declaration,
    Change change,
    @Nullable Map<String, Object> old,
    Map<String, Object> facts,
    Map<String, Map<String, Object>> ask) {
  /** What a revision does to an object. */
  enum Change {
    CREATE,
    UPDATE,
    UNCHANGED,
    DELETE
  }

  /**
   * What was asked and found, beside the declaration itself.
   *
   * @param revision of the rules
   * @param mesh what rules are told of the mesh
   */
  record Known(
      String revision,
      Map<String, Object> mesh,
      Change change,
      @Nullable Map<String, Object> old,
      Map<String, Object> facts,
      Map<String, Map<String, Object>> ask,
      List<Finding> findings) {
    boolean answers(String ofRevision, Map<String, Object> ofMesh, AskedObject object) {
      return revision.equals(ofRevision)
          && change == object.change
          && mesh.equals(ofMesh)
          && ask.equals(object.ask)
          && facts.equals(object.facts)
          && java.util.Objects.equals(old, object.old);
    }
  }

  Known known(String revision, Map<String, Object> mesh, List<Finding> findings) {
    return new Known(revision, mesh, change, old, facts, ask, findings);
  }

  /**
   * {@code Kind.group/namespace/name}: how a finding names it. What is declared for some clusters
   * only has them behind it, since another declaration may hold the object for others.
   */
  String key() {
    return keyOf(declaration);
  }

  static String keyOf(Declaration declaration) {
    ResourceKey key = declaration.manifest().key();
    String name = key.groupKind() + "/" + key.namespace() + "/" + key.name();
    Object clusters = declaration.manifest().annotations().get("meshkeel.io/clusters");
    return clusters == null ? name : name + "@" + clusters;
  }

  /** The object as the question holds it. */
  Map<String, Object> input() {
    Map<String, Object> input = new HashMap<>();
    input.put("kind", declaration.manifest().key().groupKind().toString());
    input.put("change", change.name().toLowerCase(java.util.Locale.ROOT));
    input.put("doc", change == Change.DELETE ? identity() : declaration.manifest().content());
    input.put("facts", facts);
    if (old != null) {
      input.put("old", old);
    }
    return input;
  }

  /** What is left of an object that goes: nothing that a rule could find in one that stays. */
  private Map<String, Object> identity() {
    ResourceKey key = declaration.manifest().key();
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("name", key.name());
    if (!key.namespace().isEmpty()) {
      metadata.put("namespace", key.namespace());
    }
    return Map.of(
        "apiVersion",
        declaration.manifest().apiVersion(),
        "kind",
        key.kind(),
        "metadata",
        metadata);
  }
}

package io.meshkeel.plan;

import io.meshkeel.desired.DesiredObject;
import io.meshkeel.kube.Body;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.FieldPattern;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an object that is there should be. Pure; any thread. */
public final class Wanted {
  private Wanted() {}

  /**
   * What is declared; the fields that the declaration leaves to others as they are there. Then it
   * is for this very version of the object: written to a later one, it would undo what others wrote
   * meanwhile.
   */
  public static Manifest of(DesiredObject object, LiveObject there) {
    Manifest declared = object.manifest();
    List<FieldPattern> patterns = object.leftToOthers();
    if (patterns.isEmpty()) {
      return declared;
    }
    Map<String, Object> seen = new HashMap<>();
    if (Body.root(there.key().groupKind()).equals(JsonPath.ROOT)) {
      seen.putAll(there.spec());
    } else {
      seen.put("spec", there.spec());
    }
    seen.put("metadata", Map.of("labels", there.labels(), "annotations", there.annotations()));
    Map<String, Object> content = declared.content();
    for (FieldPattern pattern : patterns) {
      content = pattern.taking(content, seen);
    }
    Manifest wanted = new Manifest(declared.key(), declared.apiVersion(), content);
    if (there.resourceVersion().isEmpty()) {
      return wanted;
    }
    Map<String, Object> metadata = new HashMap<>(wanted.metadata());
    metadata.put("resourceVersion", there.resourceVersion());
    Map<String, Object> whole = new HashMap<>(content);
    whole.put("metadata", metadata);
    return new Manifest(declared.key(), declared.apiVersion(), whole);
  }
}

package io.meshkeel.plan;

import io.meshkeel.desired.DesiredObject;
import io.meshkeel.desired.Ownership;
import io.meshkeel.kube.FieldOwner;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is to be done about fields of ours in an object that isn't ours. Only these fields
 * can differ; what the object holds beside them is none of our business.
 */
public final class SharedFields {
  private static final JsonPath LABELS = JsonPath.of("metadata", "labels");
  private static final JsonPath TEMPLATE = JsonPath.of("spec", "template", "metadata");
  private static final JsonPath PORTS = JsonPath.of("spec", "ports");
  private static final Comparator<JsonPath> BY_TEXT = Comparator.comparing(JsonPath::toString);

  private final Mesh.Conflicts conflicts;

  /**
   * @param conflicts what the mesh says of fields that another manager applies
   */
  public SharedFields(Mesh.Conflicts conflicts) {
    this.conflicts = conflicts;
  }

  /** What is to be done. */
  public Change change(DesiredObject object, Ownership.Shared how, Optional<LiveObject> found) {
    ResourceKey key = object.key();
    if (found.isEmpty()) {
      return how.creates() ? new Change.Create(key, object.manifest()) : new Change.Awaited(key);
    }
    LiveObject live = found.get();
    if (live.deleting()) {
      return new Change.Skipped(
          key,
          FailureReason.APPLY_FAILED,
          "it is being deleted; what is declared for it is written when it is there again");
    }
    Manifest manifest = object.manifest();
    if (key.kind().equals("Service")) {
      for (Map<String, Object> port : JsonTree.maps(manifest.spec(), "ports")) {
        if (port(live, port.get("port")).isEmpty()) {
          return new Change.Skipped(
              key,
              FailureReason.APPLY_REFUSED,
              "the Service has no port "
                  + port.get("port")
                  + "; correct the number, or have the port added");
        }
      }
      manifest = withProtocols(manifest, live);
    }
    List<FieldDifference> differences = differences(manifest, how, live);
    if (differences.isEmpty()) {
      return new Change.Unchanged(key);
    }
    return how.holds().isEmpty()
        ? new Change.Update(key, manifest, live, differences, force(live, differences))
        : new Change.PendingRestart(key, how.holds());
  }

  /**
   * What a hand wrote is overruled; a manager that applies it, as we do, only if the mesh says so.
   */
  private boolean force(LiveObject live, List<FieldDifference> differences) {
    return conflicts == Mesh.Conflicts.TAKE
        || differences.stream()
            .flatMap(difference -> Comparison.hands(live, difference.path()).stream())
            .noneMatch(FieldOwner::applies);
  }

  /** Lets go of the fields of an object that nothing declares any more. */
  static Change release(LiveObject live) {
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("name", live.key().name());
    if (!live.key().namespace().isEmpty()) {
      metadata.put("namespace", live.key().namespace());
    }
    Manifest nothing =
        Manifest.of(
            Map.of(
                "apiVersion", live.apiVersion(), "kind", live.key().kind(), "metadata", metadata));
    List<FieldDifference> differences = new ArrayList<>();
    owned(live)
        .forEach((path, value) ->
            differences.add(new FieldDifference(path, Optional.of(value), Optional.empty())));
    return new Change.Update(live.key(), nothing, live, differences, false);
  }

  private static List<FieldDifference> differences(
      Manifest manifest, Ownership.Shared how, LiveObject live) {
    Map<JsonPath, Object> wanted = new TreeMap<>(BY_TEXT);
    manifest.labels().forEach((name, value) -> wanted.put(LABELS.field(name), value));
    leaves(manifest, live, wanted);
    Map<String, Object> there = content(live);
    Map<JsonPath, FieldDifference> found = new TreeMap<>(BY_TEXT);
    wanted.forEach((path, value) -> {
      Optional<Object> has = path.find(there);
      if (!has.equals(Optional.of(value))) {
        found.put(path, new FieldDifference(path, has, Optional.of(value)));
      }
    });
    for (JsonPath path : how.absent()) {
      path.find(there)
          .ifPresent(value ->
              found.put(path, new FieldDifference(path, Optional.of(value), Optional.empty())));
    }
    owned(live)
        .forEach((path, value) -> {
          if (!wanted.containsKey(path)) {
            found.put(path, new FieldDifference(path, Optional.of(value), Optional.empty()));
          }
        });
    return List.copyOf(found.values());
  }

  private static void leaves(Manifest manifest, LiveObject live, Map<JsonPath, Object> wanted) {
    Map<String, Object> metadata =
        JsonTree.map(JsonTree.map(manifest.spec(), "template"), "metadata");
    for (String group : List.of("labels", "annotations")) {
      JsonTree.map(metadata, group)
          .forEach((name, value) -> wanted.put(TEMPLATE.field(group).field(name), value));
    }
    for (Map<String, Object> port : JsonTree.maps(manifest.spec(), "ports")) {
      JsonPath at = PORTS.index(port(live, port.get("port")).orElseThrow());
      wanted.put(at.field("appProtocol"), String.valueOf(port.get("appProtocol")));
    }
  }

  /** Which fields of an object are ours, keys of list items left out, and what they hold. */
  private static Map<JsonPath, Object> owned(LiveObject live) {
    Map<JsonPath, Object> owned = new TreeMap<>(BY_TEXT);
    Map<String, Object> there = content(live);
    for (FieldOwner owner : live.owners()) {
      if (owner.ours() && owner.applies()) {
        owner
            .leaves(there)
            .forEach(path -> {
              Object last = path.segments().getLast();
              boolean keyOfItem = path.segments().contains("ports") && !last.equals("appProtocol");
              if (!keyOfItem) {
                path.find(there).ifPresent(value -> owned.put(path, value));
              }
            });
      }
    }
    return owned;
  }

  private static Map<String, Object> content(LiveObject live) {
    return Map.of("metadata", Map.of("labels", live.labels()), "spec", live.spec());
  }

  /** The index of the port with this number; of two, the one of TCP. */
  private static Optional<Integer> port(LiveObject live, @Nullable Object number) {
    List<Map<String, Object>> ports = JsonTree.maps(live.spec(), "ports");
    Optional<Integer> found = Optional.empty();
    for (int i = 0; i < ports.size(); i++) {
      boolean tcp = JsonTree.string(ports.get(i), "protocol", "TCP").equals("TCP");
      if (Objects.equals(number, ports.get(i).get("port")) && (found.isEmpty() || tcp)) {
        found = Optional.of(i);
      }
    }
    return found;
  }

  /** A port is known by number and protocol. */
  private static Manifest withProtocols(Manifest manifest, LiveObject live) {
    List<Map<String, Object>> ports = new ArrayList<>();
    for (Map<String, Object> port : JsonTree.maps(manifest.spec(), "ports")) {
      Map<String, Object> known = new HashMap<>(port);
      int index = port(live, port.get("port")).orElseThrow();
      known.put(
          "protocol",
          JsonTree.string(JsonTree.maps(live.spec(), "ports").get(index), "protocol", "TCP"));
      ports.add(known);
    }
    Map<String, Object> content = new HashMap<>(manifest.content());
    content.put("spec", Map.of("ports", ports));
    return Manifest.of(content);
  }
}

package io.meshkeel.plan;

import io.meshkeel.desired.Labels;
import io.meshkeel.kube.Body;
import io.meshkeel.kube.FieldOwner;
import io.meshkeel.kube.Kinds;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.policy.schema.SchemaCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares an object that is ours with what is declared. Istio's kinds have no defaults and Istio
 * mutates none of them, so the whole {@code spec} must be equal. Gateway API kinds have defaults,
 * which belong to no field manager or to the one who created the object: there an undeclared field
 * counts only if a foreign manager owns it and it isn't the default of its CRD. Of Kubernetes' own
 * kinds only what is declared is compared: controllers write into them, an autoscaler the number of
 * replicas; and an empty list or map is not stored there.
 */
public final class Comparison {
  /** Those of the Gateway API, which are the same for every version of Istio. */
  private static final SchemaCheck DEFAULTS = SchemaCheck.of(SchemaCheck.ISTIO_VERSIONS.getLast());

  private static final JsonPath LABELS = JsonPath.of("metadata", "labels");
  private static final JsonPath ANNOTATIONS = JsonPath.of("metadata", "annotations");

  private final LiveObject live;
  private final boolean exact;
  private final boolean builtIn;
  private final JsonPath root;
  private final Map<String, Object> content;
  private final List<FieldDifference> found = new ArrayList<>();

  private Comparison(LiveObject live) {
    this.live = live;
    this.exact = Kinds.ISTIO.contains(live.key().groupKind());
    this.builtIn = Kinds.RENDERED.contains(live.key().groupKind());
    this.root = Body.root(live.key().groupKind());
    Map<String, Object> all = new HashMap<>();
    if (root.equals(JsonPath.ROOT)) {
      all.putAll(live.spec());
    } else {
      all.put("spec", live.spec());
    }
    all.put("metadata", Map.of("labels", live.labels(), "annotations", live.annotations()));
    this.content = all;
  }

  /** The fields that differ, in the order of their paths; empty if the object is as declared. */
  public static List<FieldDifference> of(Manifest desired, LiveObject live) {
    Map<String, Object> body = Body.of(desired.content(), live.key().groupKind());
    if (body.equals(live.spec())
        && sameNames(desired.labels(), live.labels())
        && sameNames(desired.annotations(), live.annotations())) {
      return List.of();
    }
    Comparison comparison = new Comparison(live);
    comparison.names(ANNOTATIONS, desired.annotations(), live.annotations());
    comparison.names(LABELS, desired.labels(), live.labels());
    comparison.maps(comparison.root, body, live.spec());
    return Kinds.GATEWAY.contains(live.key().groupKind())
        ? withoutDefaults(comparison.found, desired)
        : List.copyOf(comparison.found);
  }

  /**
   * A value that only the CRD's {@code default} brought in is no difference. It has an owner if the
   * object was not created by server-side apply: whoever created it.
   */
  private static List<FieldDifference> withoutDefaults(
      List<FieldDifference> found, Manifest desired) {
    if (found.stream().noneMatch(FieldDifference::foreign)) {
      return List.copyOf(found);
    }
    Map<String, Object> filled = DEFAULTS.withDefaults(desired);
    return found.stream()
        .filter(difference ->
            !difference.foreign() || !difference.path().find(filled).equals(difference.live()))
        .toList();
  }

  private static boolean sameNames(Map<String, Object> desired, Map<String, Object> live) {
    return desired.equals(live);
  }

  /** Labels or annotations: ours must be there, those of Istio's domains must be ours. */
  private void names(JsonPath at, Map<String, Object> desired, Map<String, Object> there) {
    TreeSet<String> names = new TreeSet<>(desired.keySet());
    there.keySet().stream().filter(Comparison::istio).forEach(names::add);
    for (String name : names) {
      values(at.field(name), desired.get(name), there.get(name));
    }
  }

  private static boolean istio(String name) {
    int slash = name.indexOf('/');
    String domain = slash < 0 ? "" : name.substring(0, slash);
    return domain.equals("istio.io")
        || domain.endsWith(".istio.io")
        || name.equals("istio-injection")
        || name.equals(Labels.PART_OF);
  }

  private void values(JsonPath at, @Nullable Object desired, @Nullable Object there) {
    if (desired == null && there == null) {
      return;
    }
    if (desired == null) {
      boolean ofTheObject = !at.segments().getFirst().equals("metadata");
      if (exact || !ofTheObject || (!builtIn && foreign(at))) {
        differs(at, there, null);
      }
    } else if (there == null && (desired.equals(List.of()) || (builtIn && hollow(desired)))) {
      // A list without items is none, to protobuf and to Go alike.
      return;
    } else if (desired instanceof Map<?, ?> want && there instanceof Map<?, ?> have) {
      maps(at, cast(want), cast(have));
    } else if (desired instanceof List<?> want && there instanceof List<?> have) {
      lists(at, want, have);
    } else if (!desired.equals(there)) {
      differs(at, there, desired);
    }
  }

  private void maps(JsonPath at, Map<String, Object> desired, Map<String, Object> there) {
    if (desired == there) {
      return;
    }
    TreeSet<String> names = new TreeSet<>(desired.keySet());
    names.addAll(there.keySet());
    for (String name : names) {
      values(at.field(name), desired.get(name), there.get(name));
    }
  }

  private void lists(JsonPath at, List<?> desired, List<?> there) {
    if (desired.equals(there)) {
      return;
    }
    for (int i = 0; i < Math.max(desired.size(), there.size()); i++) {
      @Nullable Object want = i < desired.size() ? desired.get(i) : null;
      @Nullable Object have = i < there.size() ? there.get(i) : null;
      if (want == null) {
        // A list's length is declared, whoever owns the items.
        differs(at.index(i), have, null);
      } else {
        values(at.index(i), want, have);
      }
    }
  }

  private static boolean hollow(Object value) {
    return switch (value) {
      case Map<?, ?> map -> map.values().stream().allMatch(Comparison::hollow);
      case List<?> list -> list.isEmpty();
      default -> false;
    };
  }

  private boolean foreign(JsonPath path) {
    return live.owners().stream()
        .filter(owner -> !owner.ours())
        .anyMatch(owner -> owner.claims(path, content));
  }

  private void differs(JsonPath at, @Nullable Object there, @Nullable Object desired) {
    found.add(new FieldDifference(at, Optional.ofNullable(there), Optional.ofNullable(desired)));
  }

  @SuppressWarnings("unchecked") // keys of a JsonTree are strings
  private static Map<String, Object> cast(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  /**
   * Who owns one of these fields besides us, the last one to write first.
   *
   * @param paths of a difference between a declaration and this object
   */
  static List<FieldOwner> hands(LiveObject live, JsonPath path) {
    Comparison comparison = new Comparison(live);
    return live.owners().stream()
        .filter(owner -> !owner.ours() && owner.claims(path, comparison.content))
        .sorted(Hands.LATEST_FIRST)
        .toList();
  }
}

package io.meshkeel.declaration;

import io.meshkeel.model.ClosestName;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Mesh.DriftMode;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks the annotations {@code meshkeel.io/…}: their names, where they may stand, their values.
 */
final class Annotations {
  static final String PREFIX = "meshkeel.io/";
  static final String CLUSTERS = "meshkeel.io/clusters";
  static final String DRIFT = "meshkeel.io/drift";
  static final String ADOPT = "meshkeel.io/adopt";
  static final String CONFIRM_PRUNE = "meshkeel.io/confirm-prune";
  static final String INTENT = "meshkeel.io/intent";
  static final String EXPIRES = "meshkeel.io/expires";
  static final String IGNORE = "meshkeel.io/ignore";

  private static final JsonPath AT = JsonPath.of("metadata", "annotations");
  private static final Set<String> ON_OBJECTS = Set.of(CLUSTERS, DRIFT, ADOPT, IGNORE);
  private static final Set<String> LATER =
      Set.of("meshkeel.io/hold-until", "meshkeel.io/hold-reason");

  private Annotations() {}

  /**
   * @param kind the kind of the object
   * @param own whether it is one of Meshkeel's kinds
   * @param annotations {@code metadata.annotations}
   */
  static void check(String kind, boolean own, Map<String, Object> annotations, Problems problems) {
    for (Map.Entry<String, Object> annotation : annotations.entrySet()) {
      String name = annotation.getKey();
      if (name.startsWith(PREFIX) && annotation.getValue() instanceof String value) {
        check(kind, own, name, value, problems);
      }
    }
  }

  private static void check(
      String kind, boolean own, String name, String value, Problems problems) {
    if (LATER.contains(name)) {
      problems.add(
          DeclarationError.NOT_SUPPORTED,
          AT.field(name),
          "the annotation '" + name + "' is not supported by this version",
          "remove it; this version would not carry it out");
      return;
    }
    Set<String> here = new TreeSet<>(own ? Set.of() : ON_OBJECTS);
    if (own && OwnShapes.OWN.containsKey(kind)) {
      here.add(DRIFT);
    }
    if (own && kind.equals("MeshGateway")) {
      here.add(ADOPT);
    }
    if (kind.equals("Mesh") && own) {
      here.add(CONFIRM_PRUNE);
    }
    if (kind.equals("AuthorizationPolicy")) {
      here.add(INTENT);
    }
    if (kind.equals("VirtualService")) {
      here.add(EXPIRES);
    }
    if (!here.contains(name)) {
      Set<String> all = Set.of(CLUSTERS, DRIFT, ADOPT, IGNORE, CONFIRM_PRUNE, INTENT, EXPIRES);
      problems.add(
          DeclarationError.ANNOTATION,
          AT.field(name),
          all.contains(name)
              ? "the annotation '" + name + "' has no meaning on kind " + kind
              : "there is no annotation '" + name + "'" + ClosestName.hint(name, all),
          here.isEmpty() ? "remove it" : "use one of " + String.join(", ", here));
      return;
    }
    value(name, value, problems);
  }

  private static void value(String name, String value, Problems problems) {
    switch (name) {
      case DRIFT -> oneOf(name, value, words(), problems);
      case ADOPT -> oneOf(name, value, List.of("true", "false"), problems);
      case INTENT -> oneOf(name, value, List.of("allow-all", "default-deny"), problems);
      case IGNORE -> ignored(value, problems);
      case EXPIRES -> {
        if (!isDate(value)) {
          bad(name, value, "write a date, for example \"2026-12-24\"", problems);
        }
      }
      case CONFIRM_PRUNE -> {
        if (value.isEmpty() || value.length() > 7 || !value.chars().allMatch(Character::isDigit)) {
          bad(
              name,
              value,
              "write the number of objects that may be pruned, for example \"120\"",
              problems);
        }
      }
      default -> {
        List<String> clusters = Metadata.names(value);
        if (clusters.contains("")) {
          bad(name, value, "write names of clusters of this mesh, with commas between", problems);
        }
      }
    }
  }

  private static void ignored(String value, Problems problems) {
    try {
      LeftToOthers.parse(value);
    } catch (IllegalArgumentException e) {
      bad(
          IGNORE,
          value,
          e.getMessage()
              + "; write places of spec, labels or annotations with commas between, for example"
              + " \"/spec/http/*/route/*/weight\"",
          problems);
    }
  }

  /** A day, to its end, or an RFC 3339 time. */
  private static boolean isDate(String value) {
    try {
      return value.length() == 10
          ? LocalDate.parse(value) != null
          : OffsetDateTime.parse(value) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static List<String> words() {
    return Arrays.stream(DriftMode.values()).map(DriftMode::word).toList();
  }

  private static void oneOf(String name, String value, List<String> allowed, Problems problems) {
    if (!allowed.contains(value)) {
      bad(name, value, "use one of " + String.join(", ", allowed), problems);
    }
  }

  private static void bad(String name, String value, String remediation, Problems problems) {
    problems.add(
        DeclarationError.ANNOTATION,
        AT.field(name),
        "the annotation '" + name + "' is '" + Metadata.shortened(value) + "'",
        remediation);
  }
}

package io.meshkeel.declaration;

import io.meshkeel.model.FieldPattern;
import io.meshkeel.model.FieldPattern.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The annotation {@code meshkeel.io/ignore}: fields of an object that others write. */
public final class LeftToOthers {
  /** Most places in one annotation. */
  public static final int DEFAULT_MAX_PLACES = 32;

  private static final Set<String> NAMES = Set.of("labels", "annotations");

  private LeftToOthers() {}

  /**
   * Reads its value.
   *
   * @throws IllegalArgumentException if it can't be carried out; the message says why
   */
  public static List<FieldPattern> parse(String value) {
    String[] places = value.split(",", -1);
    if (places.length > DEFAULT_MAX_PLACES) {
      throw new IllegalArgumentException("there are more than " + DEFAULT_MAX_PLACES + " places");
    }
    List<FieldPattern> patterns = new ArrayList<>();
    for (String place : places) {
      FieldPattern pattern = FieldPattern.parse(place.strip());
      check(pattern.steps());
      patterns.add(pattern);
    }
    return List.copyOf(patterns);
  }

  private static void check(List<Step> steps) {
    if (steps.getFirst().equals(new Step.Name("spec"))) {
      if (steps.size() == 1 || steps.equals(List.of(new Step.Name("spec"), new Step.Every()))) {
        throw new IllegalArgumentException(
            "an object whose whole spec is left to others needs no declaration");
      }
    } else if (steps.size() != 3
        || !steps.getFirst().equals(new Step.Name("metadata"))
        || !(steps.get(1) instanceof Step.Name kind && NAMES.contains(kind.name()))
        || !(steps.get(2) instanceof Step.Name name)) {
      throw new IllegalArgumentException("only spec, labels and annotations can be left to others");
    } else if (isOurs(name.name())) {
      throw new IllegalArgumentException("by '" + name.name() + "' Meshkeel knows its objects");
    }
  }

  private static boolean isOurs(String name) {
    return name.startsWith(Annotations.PREFIX)
        || name.startsWith("applyset.kubernetes.io/")
        || name.equals("app.kubernetes.io/managed-by");
  }
}

package io.meshkeel.facts.workload;

import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Kubernetes LabelSelector ({@code metav1.LabelSelector}): all of its requirements must hold. One
 * without requirements takes everything, one that can't be read takes nothing.
 *
 * @param requirements {@code matchLabels} as {@link Operator#IN} of one value, and {@code
 *     matchExpressions}
 * @param valid false if an operator or its values can't be read
 */
public record LabelSelector(List<Requirement> requirements, boolean valid) {
  /** Takes everything, as an absent selector of a webhook does. */
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of(), true);

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /** {@code metav1.LabelSelectorOperator}. */
  public enum Operator {
    IN("In"),
    NOT_IN("NotIn"),
    EXISTS("Exists"),
    DOES_NOT_EXIST("DoesNotExist");

    private final String word;

    Operator(String word) {
      this.word = word;
    }

    static Optional<Operator> of(String word) {
      for (Operator operator : values()) {
        if (operator.word.equals(word)) {
          return Optional.of(operator);
        }
      }
      return Optional.empty();
    }

    private boolean takesValues() {
      return this == IN || this == NOT_IN;
    }
  }

  /**
   * One requirement.
   *
   * @param key the label
   * @param operator how it is compared
   * @param values for {@link Operator#IN} and {@link Operator#NOT_IN}; otherwise empty
   */
  public record Requirement(String key, Operator operator, List<String> values) {
    public Requirement {
      values = List.copyOf(values);
    }

    /** Whether the labels meet it. A label that is missing is {@code NotIn} everything. */
    public boolean holds(Map<String, String> labels) {
      String value = labels.get(key);
      return switch (operator) {
        case IN -> value != null && values.contains(value);
        case NOT_IN -> value == null || !values.contains(value);
        case EXISTS -> value != null;
        case DOES_NOT_EXIST -> value == null;
      };
    }
  }

  /** Reads a selector; one that is missing is an empty map, which takes everything. */
  public static LabelSelector of(Map<String, Object> tree) {
    List<Requirement> requirements = new ArrayList<>();
    boolean valid = true;
    for (Map.Entry<String, Object> label : JsonTree.map(tree, "matchLabels").entrySet()) {
      if (label.getValue() instanceof String value) {
        requirements.add(new Requirement(label.getKey(), Operator.IN, List.of(value)));
      } else {
        valid = false;
      }
    }
    for (Map<String, Object> expression : JsonTree.maps(tree, "matchExpressions")) {
      String key = JsonTree.string(expression, "key", "");
      List<String> values = JsonTree.strings(expression, "values");
      Optional<Operator> operator = Operator.of(JsonTree.string(expression, "operator", ""));
      if (key.isEmpty() || operator.isEmpty() || operator.get().takesValues() == values.isEmpty()) {
        valid = false;
      } else {
        requirements.add(new Requirement(key, operator.get(), values));
      }
    }
    return new LabelSelector(requirements, valid);
  }

  /** Whether it takes an object with these labels. */
  public boolean matches(Map<String, String> labels) {
    return valid && requirements.stream().allMatch(requirement -> requirement.holds(labels));
  }

  /** Whether it has no requirements: {@code labels.Selector.Empty}. */
  public boolean isEmpty() {
    return valid && requirements.isEmpty();
  }
}

package io.meshkeel.policy.schema;

import io.meshkeel.policy.cel.CelRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One schema, ready to be walked: the structural schema of Kubernetes. Filled by {@link
 * SchemaCompiler}, then never changed; any thread.
 */
final class Schema {
  /** What {@code type} and {@code x-kubernetes-int-or-string} say. */
  enum Type {
    ANY("anything"),
    OBJECT("a map"),
    ARRAY("a list"),
    STRING("a text"),
    INTEGER("a whole number"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    INT_OR_STRING("a whole number or a text");

    private final String words;

    Type(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  Type type = Type.ANY;
  String format = "";
  Map<String, Schema> properties = Map.of();
  List<String> required = List.of();

  /** Whether fields that {@link #properties} doesn't name are allowed, whatever they hold. */
  boolean open;

  @Nullable Schema additional;
  @Nullable Schema items;
  List<Object> allowed = List.of();
  Set<Object> allowedSet = Set.of();
  @Nullable Double minimum;
  @Nullable Double maximum;
  boolean aboveMinimum;
  boolean belowMaximum;
  @Nullable Double multipleOf;
  int minLength;
  int maxLength = Integer.MAX_VALUE;
  @Nullable Pattern pattern;
  int minItems;
  int maxItems = Integer.MAX_VALUE;
  boolean distinct;
  List<String> mapKeys = List.of();
  int minProperties;
  int maxProperties = Integer.MAX_VALUE;
  List<Schema> oneOf = List.of();
  List<Schema> anyOf = List.of();
  List<Schema> allOf = List.of();
  @Nullable Schema not;
  @Nullable Object defaultValue;

  /** Whether a default stands here or below; else the value can be left as it is. */
  boolean hasDefaults;

  /** The rules of this place, in the order of the definition. */
  List<CelRule> rules = List.of();

  /** Whether a rule stands here or below. */
  boolean hasRules;

  /** Whether a rule about a change stands here or below. */
  boolean hasTransitionRules;

  /**
   * Whether rules see a value of this place as it is: no name of a field to escape, nothing to
   * leave out, no number to be made a double.
   */
  boolean plain;

  /** Whether there is anything to check beside the type, the fields and the items. */
  boolean combined() {
    return !oneOf.isEmpty() || !anyOf.isEmpty() || !allOf.isEmpty() || not != null;
  }
}

package io.meshkeel.policy.schema;

/**
 * How an object can break its schema. Each is described in {@code docs/reference/schema-errors.md};
 * ids are never given a new meaning.
 */
public enum SchemaError {
  KIND("S001", "A kind that this version doesn't have"),
  VERSION("S002", "An API version that isn't served"),
  UNKNOWN_FIELD("S003", "A field that the kind doesn't have"),
  TYPE("S004", "A value of the wrong type"),
  ENUM("S005", "A value that isn't one of those allowed"),
  REQUIRED("S006", "A required field is missing"),
  BOUNDS("S007", "A value out of bounds"),
  FORMAT("S008", "A text of the wrong form"),
  ALTERNATIVES("S009", "Fields that exclude or need each other"),
  DUPLICATE("S010", "A list holds one item twice"),
  RULE("S011", "A rule of the definition is broken"),
  ADMISSION("S012", "istiod's validation webhook would refuse it");

  private final String id;
  private final String title;

  SchemaError(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** The stable id, for example {@code S003}: {@link io.meshkeel.model.Finding#ruleId()}. */
  public String id() {
    return id;
  }

  /**
   * Whether the object isn't what its kind looks like, so that nothing more can be asked about it;
   * otherwise only what it says is refused.
   */
  public boolean isStructural() {
    return this != RULE && this != ADMISSION;
  }

  /** Whether an id is of one that {@link #isStructural} isn't true of. */
  public static boolean isRefusal(String id) {
    return id.equals(RULE.id) || id.equals(ADMISSION.id);
  }

  /** What it means, in a few words. */
  public String title() {
    return title;
  }
}

package io.meshkeel.policy;

/**
 * What can be wrong with waivers and settings beside the form that {@code declaration} checks.
 * Described in {@code docs/reference/waivers.md}; ids are never given a new meaning.
 */
public enum GovernanceError {
  EXPIRED("W001", "A waiver that has expired"),
  ENDS_SOON("W002", "A waiver that ends soon"),
  STALE("W003", "A waiver that matches nothing"),
  TOO_WIDE("W004", "A waiver of everything"),
  TOO_LONG("W005", "A waiver without a near end"),
  UNKNOWN_RULE("W006", "A waiver or setting of a rule that there isn't");

  private final String id;
  private final String title;

  GovernanceError(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** The stable id, for example {@code W003}: {@link io.meshkeel.model.Finding#ruleId()}. */
  public String id() {
    return id;
  }

  /** What it means, in a few words. */
  public String title() {
    return title;
  }
}

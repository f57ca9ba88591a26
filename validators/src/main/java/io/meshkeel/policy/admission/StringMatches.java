package io.meshkeel.policy.admission;

/** {@code exact}, {@code prefix} or {@code regex}. */
final class StringMatches {
  private StringMatches() {}

  /** A match whose prefix or expression must not be empty. */
  static void check(Node match, Refusals refusals) {
    if (match.has("prefix") && match.text("prefix").isEmpty()) {
      refusals.add(
          match.at("prefix"), "an empty prefix matches nothing", "write one, or remove it");
    }
    expression(match, refusals);
  }

  /** The same, the prefix perhaps empty. */
  static void expression(Node match, Refusals refusals) {
    if (match.has("regex")) {
      if (match.text("regex").isEmpty()) {
        refusals.add(match.at("regex"), "the regular expression is empty", "write it");
      } else {
        Values.regex(match.at("regex"), refusals);
      }
    }
  }
}

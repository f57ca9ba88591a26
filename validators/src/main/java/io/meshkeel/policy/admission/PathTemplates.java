package io.meshkeel.policy.admission;

import java.util.regex.Pattern;

/** Paths of an AuthorizationPolicy: {@code {*}} for a segment, {@code {**}} for all that follow. */
final class PathTemplates {
  private static final String ONE = "{*}";
  private static final String REST = "{**}";
  private static final Pattern LITERAL = Pattern.compile("[a-zA-Z0-9-._~%!$&'()+,;:@=]+");

  private PathTemplates() {}

  static void check(Node path, Refusals refusals) {
    String text = path.text();
    boolean template = text.contains(ONE) || text.contains(REST);
    boolean ended = false;
    for (String segment : trimmed(text).split("/", -1)) {
      if (segment.equals(ONE) || segment.equals(REST)) {
        if (ended) {
          refusals.value(path, "has an operator behind {**}", "put {**} last");
          return;
        }
        ended = segment.equals(REST);
        continue;
      }
      if (segment.contains("{") || segment.contains("}")) {
        refusals.value(path, "has a brace that is no template", "use {*} and {**} only");
        return;
      }
      if (template && !LITERAL.matcher(segment).matches()) {
        refusals.value(
            path,
            "has the segment '" + Refusals.shortened(segment) + "', which a template can't have",
            "use letters, digits and the characters of a path, no '*'");
        return;
      }
    }
  }

  private static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) == '/') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(start, end);
  }
}

package io.meshkeel.policy.admission;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Labels of DNS and of Kubernetes: {@code pkg/config/labels/instance.go}. */
final class Names {
  private static final String LABEL = "[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?";
  private static final String QUALIFIED = "(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final Pattern WILDCARD_LABEL = Pattern.compile("\\*|(?:\\*|\\*-)?" + LABEL);
  private static final Pattern KEY =
      Pattern.compile("(" + LABEL + "(?:\\." + LABEL + ")*/)?(" + QUALIFIED + ")");
  private static final Pattern VALUE = Pattern.compile("(?:" + QUALIFIED + ")?");
  private static final int MAX_LABEL = 63;
  private static final int MAX_PREFIX = 253;

  private Names() {}

  static boolean isDnsLabel(String text) {
    int length = text.length();
    if (length == 0
        || length > MAX_LABEL
        || text.charAt(0) == '-'
        || text.charAt(length - 1) == '-') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  /** The same, or {@code *} alone, or one that begins with {@code *}. */
  static boolean isWildcardLabel(String text) {
    return isDnsLabel(text)
        || (text.startsWith("*")
            && text.length() <= MAX_LABEL
            && WILDCARD_LABEL.matcher(text).matches());
  }

  /** Refuses a text that is no DNS label. */
  static void dnsLabel(Node at, Refusals refusals) {
    if (!isDnsLabel(at.text())) {
      refusals.value(
          at, "is no DNS label", "use letters, digits and '-', at most " + MAX_LABEL + " of them");
    }
  }

  /** Refuses labels whose keys or values Kubernetes wouldn't take. */
  static void labels(Node labels, Refusals refusals) {
    for (Node label : labels.each()) {
      Matcher key = KEY.matcher(label.key());
      boolean right =
          key.matches()
              && (key.group(1) == null || key.group(1).length() - 1 <= MAX_PREFIX)
              && key.group(2).length() <= MAX_LABEL;
      if (!right) {
        refusals.add(
            label,
            "'" + Refusals.shortened(label.key()) + "' is no key of a label",
            "write letters, digits, '-', '_' and '.', with a DNS name and '/' before if need be");
      }
      if (!VALUE.matcher(label.text()).matches()) {
        refusals.value(
            label,
            "is no value of a label",
            "write letters, digits, '-', '_' and '.', letters or digits at both ends");
      }
    }
  }
}

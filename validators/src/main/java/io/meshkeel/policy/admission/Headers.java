package io.meshkeel.policy.admission;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names and values of HTTP headers. */
final class Headers {
  // The characters from '+' to '.' are a range in Istio too, so the comma is one of them.
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+-.^_`|~A-Za-z0-9]+");
  private static final Pattern STRICT = Pattern.compile("[-_A-Za-z0-9]+");
  private static final Pattern PROBE = Pattern.compile("[-A-Za-z0-9]+");
  private static final Set<String> PSEUDO =
      Set.of(":method", ":scheme", ":authority", ":path", ":status");
  private static final String CLAIM = "@request.auth.claims";
  private static final String FIX = "write the name of a header";

  private Headers() {}

  /** Whether a name stands for a claim of a token: {@code @request.auth.claims.sub}. */
  static boolean isClaim(String name) {
    if (!name.toLowerCase(Locale.ROOT).startsWith(CLAIM)) {
      return false;
    }
    String rest = name.substring(CLAIM.length());
    return (rest.startsWith(".") && rest.length() > 1)
        || (rest.startsWith("[") && rest.endsWith("]") && rest.length() > 2);
  }

  /** A name that a route matches. */
  static void matched(Node header, Refusals refusals) {
    String name = header.key();
    if (!isClaim(name) && !PSEUDO.contains(name) && !NAME.matcher(name).matches()) {
      notOne(header, name, refusals);
    }
  }

  /** A name in a CORS policy, or {@code *}. */
  static void cors(Node header, Refusals refusals) {
    if (!NAME.matcher(header.text()).matches()) {
      notOne(header, header.text(), refusals);
    }
  }

  /** A name that a claim is written to. */
  static void strict(Node header, Refusals refusals) {
    if (!STRICT.matcher(header.text()).matches()) {
      notOne(header, header.text(), refusals);
    }
  }

  /** A name that a probe sends. */
  static void probe(Node header, Refusals refusals) {
    if (!PROBE.matcher(header.text()).matches()) {
      notOne(header, header.text(), refusals);
    }
  }

  private static void notOne(Node at, String name, Refusals refusals) {
    refusals.add(at, "'" + Refusals.shortened(name) + "' is no name of a header", FIX);
  }

  /** What is added, set and removed on requests and responses. */
  static void operations(Node headers, Refusals refusals) {
    for (String kind : new String[] {"add", "set"}) {
      for (Node header : headers.at("request", kind).each()) {
        boolean internal = header.key().startsWith(":") && !isAuthority(header.key());
        operation(header, header.key(), internal, refusals);
        value(header, refusals);
      }
      for (Node header : headers.at("response", kind).each()) {
        operation(header, header.key(), isInternal(header.key()), refusals);
        value(header, refusals);
      }
    }
    for (String side : new String[] {"request", "response"}) {
      for (Node header : headers.at(side, "remove").each()) {
        operation(header, header.text(), isInternal(header.text()), refusals);
      }
    }
  }

  private static void operation(Node at, String name, boolean internal, Refusals refusals) {
    if (name.isEmpty()) {
      refusals.add(at, "the name of a header is empty", FIX);
    } else if (internal) {
      refusals.add(
          at,
          "the header '" + Refusals.shortened(name) + "' can't be changed",
          "use another header, or rewrite.authority for the host");
    }
  }

  private static boolean isInternal(String name) {
    return name.startsWith(":") || name.equalsIgnoreCase("host");
  }

  static boolean isAuthority(String name) {
    return name.equalsIgnoreCase(":authority") || name.equalsIgnoreCase("host");
  }

  private static void value(Node header, Refusals refusals) {
    String text = header.text();
    boolean control = text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f);
    if (control || !HeaderFormat.isRight(text)) {
      refusals.value(
          header,
          "is no value of a header",
          "write '%%' for a percent sign, and close each %VARIABLE%");
    }
  }
}

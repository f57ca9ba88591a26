package io.meshkeel.policy.text;

import java.util.Locale;
import java.util.Optional;

/**
 * A URL as Go's {@code net/url} reads it.
 *
 * @param scheme in lower case; empty if there is none
 * @param host with port and brackets, as written
 */
public record GoUrl(String scheme, String host) {
  private static final String USER = "-._:~!$&'()*+,;=%@";
  private static final String HOST = "-_.~!$&'()*+,;=:[]<>\"";

  /** As {@code url.Parse} does: a relative reference is one, and a fragment is cut off. */
  public static Optional<GoUrl> parse(String text) {
    int hash = text.indexOf('#');
    if (hash >= 0 && !isEscaped(text.substring(hash + 1))) {
      return Optional.empty();
    }
    return parse(hash < 0 ? text : text.substring(0, hash), false);
  }

  /** As {@code url.ParseRequestURI} does: absolute, or an absolute path; a fragment is no such. */
  public static Optional<GoUrl> parseRequest(String text) {
    return parse(text, true);
  }

  private static Optional<GoUrl> parse(String text, boolean request) {
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f) || (text.isEmpty() && request)) {
      return Optional.empty();
    }
    if (text.equals("*")) {
      return Optional.of(new GoUrl("", ""));
    }
    int colon = schemeEnd(text);
    if (colon == 0) {
      return Optional.empty();
    }
    String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = text.substring(colon + 1);
    int question = rest.indexOf('?');
    if (question >= 0) {
      rest = rest.substring(0, question);
    }
    if (!rest.startsWith("/")) {
      if (!scheme.isEmpty()) {
        return Optional.of(new GoUrl(scheme, ""));
      }
      int slash = rest.indexOf('/');
      String first = slash < 0 ? rest : rest.substring(0, slash);
      return request || first.contains(":") || !isEscaped(rest)
          ? Optional.empty()
          : Optional.of(new GoUrl("", ""));
    }
    String host = "";
    if (rest.startsWith("//") && (!scheme.isEmpty() || (!request && !rest.startsWith("///")))) {
      int slash = rest.indexOf('/', 2);
      String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      rest = slash < 0 ? "" : rest.substring(slash);
      int at = authority.lastIndexOf('@');
      host = authority.substring(at + 1);
      if (!isHost(scheme, host) || (at >= 0 && !isUser(authority.substring(0, at)))) {
        return Optional.empty();
      }
    }
    return isEscaped(rest) ? Optional.of(new GoUrl(scheme, host)) : Optional.empty();
  }

  /** Where the scheme ends; 0 if a colon comes first, -1 if there is no scheme. */
  private static int schemeEnd(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (c == ':') {
        return i;
      }
      if (!letter && (i == 0 || !((c >= '0' && c <= '9') || "+-.".indexOf(c) >= 0))) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isUser(String user) {
    return user.chars().allMatch(c -> isAlphanumeric(c) || USER.indexOf(c) >= 0) && isEscaped(user);
  }

  private static boolean isHost(String scheme, String host) {
    int open = host.lastIndexOf('[');
    if (open > 0) {
      return false;
    }
    if (open == 0) {
      int close = host.lastIndexOf(']');
      return close > 0
          && isOptionalPort(host.substring(close + 1))
          && isLiteral(host.substring(1, close));
    }
    int colon = host.indexOf(':');
    if (colon >= 0 && !scheme.equals("http") && !scheme.equals("https")) {
      colon = host.lastIndexOf(':');
    }
    return (colon < 0 || isOptionalPort(host.substring(colon))) && isHostText(host);
  }

  private static boolean isLiteral(String literal) {
    int zone = literal.indexOf("%25");
    String address = zone < 0 ? literal : literal.substring(0, zone);
    String behind = zone < 0 ? "" : literal.substring(zone + 3);
    return isHostText(address)
        && isHostText(behind)
        && GoAddress.of(zone < 0 ? address : address + "%" + behind)
            .map(GoAddress::six)
            .orElse(false);
  }

  /** Beside what is written as such, only escapes of bytes beyond ASCII. */
  private static boolean isHostText(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '%') {
        if (!isEscape(host, i) || Character.digit(host.charAt(i + 1), 16) < 8) {
          return false;
        }
        i += 2;
      } else if (c < 0x80 && !isAlphanumeric(c) && HOST.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOptionalPort(String port) {
    return port.isEmpty()
        || (port.startsWith(":") && port.chars().skip(1).allMatch(c -> c >= '0' && c <= '9'));
  }

  private static boolean isEscaped(String text) {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
      if (!isEscape(text, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && Character.digit(text.charAt(at + 1), 16) >= 0
        && Character.digit(text.charAt(at + 2), 16) >= 0
        && text.charAt(at + 1) < 0x80
        && text.charAt(at + 2) < 0x80;
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** The host without port and brackets. */
  public String hostname() {
    if (host.startsWith("[")) {
      return host.substring(1, Math.max(1, host.lastIndexOf(']')));
    }
    int colon = host.lastIndexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  /** The port's digits; empty if there are none. */
  public String port() {
    int colon = host.lastIndexOf(':');
    return colon < 0 || colon < host.lastIndexOf(']') ? "" : host.substring(colon + 1);
  }
}

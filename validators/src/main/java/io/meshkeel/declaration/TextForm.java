package io.meshkeel.declaration;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a text of an own kind may look like. */
enum TextForm {
  ANY("a text", ".+", text -> true),
  /** RFC 1123 label. */
  LABEL(
      "a name of lower-case letters, digits and '-', at most 63",
      "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?",
      text -> true),
  /** RFC 1123 subdomain. */
  SUBDOMAIN(
      "a name of lower-case letters, digits, '-' and '.', at most 253",
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
      text -> text.length() <= 253),
  /** Name of a Service: RFC 1035 label. */
  SERVICE(
      "a name of lower-case letters, digits and '-' that begins with a letter, at most 63",
      "[a-z]([-a-z0-9]{0,61}[a-z0-9])?",
      text -> true),
  /** Name of a port of a Service: an RFC 1035 label that is short enough for a container too. */
  PORT_NAME(
      "a name of lower-case letters, digits and '-', at most 15",
      "[a-z]([-a-z0-9]{0,13}[a-z0-9])?",
      text -> true),
  /** As {@code resource.ParseQuantity} of k8s.io/apimachinery reads it, and not negative. */
  QUANTITY(
      "a Kubernetes quantity, for example 100m, 0.5 or 128Mi",
      "\\+?([0-9]{1,15}(\\.[0-9]{0,9})?|\\.[0-9]{1,9})([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,2})?",
      text -> true),
  /** As {@code netip.ParsePrefix} of Go reads it, by which Istio checks these lists. */
  CIDR("a CIDR range, for example 10.0.0.0/8", "[0-9A-Fa-f:.]+/[0-9]{1,3}", TextForm::isCidr),
  /** ISO 8601. */
  DATE("a date, for example 2027-01-31", "[0-9]{4}-[0-9]{2}-[0-9]{2}", TextForm::isDate),
  /** One rule, never a pattern of rules. */
  RULE("the id of one rule, for example M101", "[A-Za-z][A-Za-z0-9_.-]*", text -> true),
  /** Without user and password: these come from a credential. */
  URL("an http or https URL without user, query and fragment", "https?://.+", TextForm::isUrl);

  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private final String said;
  private final Pattern pattern;
  private final Predicate<String> more;

  TextForm(String said, String pattern, Predicate<String> more) {
    this.said = said;
    this.pattern = Pattern.compile(pattern);
    this.more = more;
  }

  /** What it is, in words. */
  String said() {
    return said;
  }

  /** The part of it that a JSON Schema can say, without anchors. */
  String pattern() {
    return pattern.pattern();
  }

  boolean matches(String text) {
    return pattern.matcher(text).matches() && more.test(text);
  }

  private static boolean isCidr(String text) {
    int slash = text.indexOf('/');
    String address = text.substring(0, slash);
    int bits = Integer.parseInt(text.substring(slash + 1));
    boolean v4 = IPV4.matcher(address).matches();
    if (!v4 && address.indexOf(':') < 0) {
      return false;
    }
    try {
      InetAddress.ofLiteral(address);
      return bits <= (v4 ? 32 : 128);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isUrl(String text) {
    try {
      URI url = new URI(text);
      return url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}

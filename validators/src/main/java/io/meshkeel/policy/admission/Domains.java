package io.meshkeel.policy.admission;

import io.meshkeel.policy.text.GoAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Host names: {@code pkg/config/validation/agent/validation.go}. Each method says what is wrong
 * with a text, to be read behind it; null if nothing is.
 */
final class Domains {
  static final String FIX = "write a DNS name, for example reviews.shop.svc.cluster.local";
  static final String WILDCARD_FIX = "write a DNS name, or one that begins with '*.'";
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}");
  private static final int MAX_LENGTH = 255;

  private Domains() {}

  /** A name without wildcards, such as {@code a.example.com}. */
  static @Nullable String name(String text) {
    String length = length(text);
    return length != null ? length : labels(text);
  }

  /** The same, the first label perhaps {@code *} or beginning with it. */
  static @Nullable String wildcard(String text) {
    String length = length(text);
    if (length != null) {
      return length;
    }
    int dot = text.indexOf('.');
    String first = dot < 0 ? text : text.substring(0, dot);
    if (!Names.isWildcardLabel(first)) {
      return "has the label '" + Refusals.shortened(first) + "'";
    }
    return dot < 0 ? null : labels(text.substring(dot + 1));
  }

  /** The same for a gateway: with SNI, {@code outbound_.80_._.host} stands for a service. */
  static @Nullable String ofGateway(boolean sni, String text) {
    if (!sni || !text.startsWith("outbound_") || length(text) != null) {
      return wildcard(text);
    }
    String[] parts = text.split("_", -1);
    boolean right =
        parts.length >= 4
            && parts[1].chars().anyMatch(c -> c >= '0' && c <= '9')
            && parts[3].chars().anyMatch(c -> (c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    return right ? null : "isn't of the form outbound_.<port>_._.<host>";
  }

  /** An address, or a name without wildcards. */
  static @Nullable String nameOrAddress(String text) {
    return GoAddress.isAddress(text) ? null : name(text);
  }

  private static @Nullable String length(String text) {
    if (text.isEmpty()) {
      return "is empty";
    }
    return text.length() > MAX_LENGTH ? "has more than " + MAX_LENGTH + " characters" : null;
  }

  private static @Nullable String labels(String text) {
    String[] labels = text.split("\\.", -1);
    String last = labels[labels.length - 1];
    boolean mayBeNumber = !last.isEmpty() && last.charAt(last.length() - 1) <= '9';
    if (mayBeNumber && NUMBER.matcher(last).matches()) {
      return "ends with a number";
    }
    for (int i = 0; i < labels.length; i++) {
      if (i == labels.length - 1 && last.isEmpty()) {
        return null;
      }
      if (!Names.isDnsLabel(labels[i])) {
        return labels[i].isEmpty()
            ? "has an empty label"
            : "has the label '" + Refusals.shortened(labels[i]) + "'";
      }
    }
    return null;
  }

  /** Whether a wildcard is neither alone nor {@code *.} at the start. */
  static boolean isPartialWildcard(String text) {
    return text.contains("*") && text.length() != 1 && !text.startsWith("*.");
  }

  /** The form {@code namespace/host} of a Sidecar. */
  static void ofSidecar(Node host, int minor, Refusals refusals) {
    String text = host.text();
    int slash = text.indexOf('/');
    if (slash < 0) {
      refusals.value(host, "names no namespace", "write namespace/host, for example ./* or */*");
      return;
    }
    String namespace = text.substring(0, slash);
    // From 1.31 on a namespace is left out by '~' before its name.
    String plain = minor >= 31 && namespace.startsWith("~") ? namespace.substring(1) : namespace;
    boolean nothing = minor >= 31 ? plain.isEmpty() && !namespace.isEmpty() : plain.equals("~");
    namespaceAndHost(host, slash, nothing, plain, true, refusals);
  }

  /** The form {@code host} or {@code namespace/host} of a Gateway. */
  static void ofServer(Node host, boolean semantics, Refusals refusals) {
    String text = host.text();
    int slash = text.indexOf('/');
    if (slash < 0) {
      hostOf(host, text, false, refusals);
      return;
    }
    String namespace = text.substring(0, slash);
    namespaceAndHost(host, slash, semantics && namespace.equals("~"), namespace, false, refusals);
  }

  private static void namespaceAndHost(
      Node host, int slash, boolean allowed, String namespace, boolean sidecar, Refusals refusals) {
    String text = host.text();
    if (slash == 0 || slash == text.length() - 1) {
      refusals.value(host, "lacks the namespace or the host", "write namespace/host");
    } else if (!allowed
        && !namespace.equals("*")
        && !namespace.equals(".")
        && !Names.isDnsLabel(namespace)) {
      refusals.value(host, "names no namespace before '/'", "write *, . or the namespace's name");
    }
    hostOf(host, text.substring(slash + 1), sidecar, refusals);
  }

  private static void hostOf(Node at, String host, boolean sidecar, Refusals refusals) {
    if (!host.equals("*") && !host.contains(".")) {
      refusals.value(at, "is a short name", "write the full DNS name");
      return;
    }
    String problem = wildcard(host);
    if (problem != null && (sidecar || !GoAddress.isAddress(host))) {
      refusals.value(at, problem, WILDCARD_FIX);
    } else if (isPartialWildcard(host)) {
      refusals.value(at, "has a wildcard that isn't a whole label", "write '*.' and a domain");
    }
  }
}

package io.meshkeel.facts;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Host names as Istio reads them: {@code pkg/config/host/name.go} and {@code
 * pilot/pkg/model/config.go} of istio/istio, release 1.31.
 */
public final class Hosts {
  private static final Pattern IP = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|.*:.*");

  private Hosts() {}

  /** How a host is written. */
  public enum Form {
    /** {@code reviews}: Istio adds the namespace and domain. */
    BARE,
    /** {@code reviews.shop} or {@code reviews.shop.svc}: has a dot, so Istio adds nothing. */
    PARTIAL,
    /** Anything else: a full name, a wildcard, an address. */
    FULL
  }

  /**
   * {@code ResolveShortnameToFQDN}: only a name without a dot is expanded; {@code *} and addresses
   * never are.
   *
   * @param namespace of the object that names the host
   * @param domain the cluster domain, for example {@code cluster.local}
   */
  public static String fqdn(String host, String namespace, String domain) {
    return isBare(host) ? serviceName(host, namespace, domain) : host;
  }

  /** {@code name.namespace.svc.domain}. */
  public static String serviceName(String name, String namespace, String domain) {
    return name + "." + namespace + ".svc." + domain;
  }

  private static boolean isBare(String host) {
    return !host.isEmpty()
        && !host.equals("*")
        && host.indexOf('.') < 0
        && !IP.matcher(host).matches();
  }

  /** How this host is written. */
  public static Form form(String host) {
    if (isBare(host)) {
      return Form.BARE;
    }
    int first = host.indexOf('.');
    int second = first < 0 ? -1 : host.indexOf('.', first + 1);
    boolean partial =
        first > 0
            && (second < 0
                ? first < host.length() - 1
                : second > first + 1 && host.substring(second + 1).equals("svc"));
    return partial && !isWildcard(host) && !IP.matcher(host).matches() ? Form.PARTIAL : Form.FULL;
  }

  /** The service that a {@link Form#PARTIAL} host was probably meant for. */
  public static Optional<String> meantService(String host, String domain) {
    if (form(host) != Form.PARTIAL) {
      return Optional.empty();
    }
    String[] labels = host.split("\\.", -1);
    return Optional.of(serviceName(labels[0], labels[1], domain));
  }

  /** The namespace of {@code name.namespace.svc.domain}; empty for any other name. */
  public static Optional<String> namespaceOf(String fqdn, String domain) {
    String suffix = ".svc." + domain;
    if (!fqdn.endsWith(suffix)) {
      return Optional.empty();
    }
    String front = fqdn.substring(0, fqdn.length() - suffix.length());
    int dot = front.indexOf('.');
    return dot > 0 && dot == front.lastIndexOf('.') && dot < front.length() - 1
        ? Optional.of(front.substring(dot + 1))
        : Optional.empty();
  }

  /** {@code Name.IsWildCarded}. */
  public static boolean isWildcard(String host) {
    return host.startsWith("*");
  }

  /** {@code Name.SubsetOf}: every name that {@code host} stands for is one of {@code pattern}'s. */
  public static boolean covers(String pattern, String host) {
    if (!isWildcard(pattern)) {
      return pattern.equals(host);
    }
    String suffix = pattern.substring(1);
    if (isWildcard(host)) {
      return host.length() >= pattern.length() && host.substring(1).endsWith(suffix);
    }
    return host.endsWith(suffix);
  }

  /** {@code Name.Matches}: some name is one of both. */
  public static boolean meet(String one, String other) {
    return covers(one, other) || covers(other, one);
  }
}

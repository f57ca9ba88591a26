package io.meshkeel.facts;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An Istio Gateway.
 *
 * @param selector labels of the proxies that take it; empty means every proxy
 * @param listeners one for each host of each server
 * @param certificates of its servers
 */
public record GatewayView(
    Declaration declaration,
    Map<String, Object> selector,
    List<Listener> listeners,
    List<Certificate> certificates)
    implements ObjectView {
  private static final Set<String> PLAIN_HTTP =
      Set.of("http", "http2", "grpc", "grpc-web", "http_proxy");

  /** What a server offers on its port. */
  public enum Traffic {
    /** HTTP in the clear, a redirect to HTTPS among it: servers of one port are merged. */
    HTTP,
    /** TLS that is terminated or passed through, chosen by server name. */
    TLS,
    /** Bytes: one server to a port. */
    TCP
  }

  /**
   * Where a host of a server listens. Two listeners with equal places meet: {@code CheckDuplicates}
   * in {@code pilot/pkg/model/gateway.go}.
   *
   * @param path of the host
   * @param place port, bind and host
   * @param port number
   * @param host as written
   * @param traffic what is offered
   * @param tls the server has a {@code tls} block, be it only for a redirect
   * @param mode of TLS; empty if none is written
   * @param http HTTP in the clear, or HTTPS that is terminated
   * @param redirects every request is sent to HTTPS
   */
  public record Listener(
      List<Object> path,
      Place place,
      long port,
      String host,
      Traffic traffic,
      boolean tls,
      String mode,
      boolean http,
      boolean redirects) {}

  /**
   * A certificate that a server shows.
   *
   * @param path of its name
   * @param name of the secret, or of the file
   */
  public record Certificate(List<Object> path, long port, String name) {}

  /**
   * @param port number
   * @param bind address; empty for all
   * @param host with {@code ./} resolved and {@code *}{@code /} taken away, as {@code
   *     sanitizeServerHostNamespace} does
   */
  public record Place(long port, String bind, String host) {
    /**
     * Without the namespace that may route: the server name in the listener ({@code
     * GetSNIHostsForServer}).
     */
    Place ofAnyNamespace() {
      return new Place(port, bind, host.substring(host.indexOf('/') + 1));
    }
  }

  static GatewayView of(Declaration declaration) {
    Map<String, Object> spec = declaration.manifest().spec();
    String namespace = declaration.manifest().key().namespace();
    List<Listener> listeners = new ArrayList<>();
    List<Certificate> certificates = new ArrayList<>();
    List<Map<String, Object>> servers = JsonTree.maps(spec, "servers");
    for (int s = 0; s < servers.size(); s++) {
      Map<String, Object> server = servers.get(s);
      Map<String, Object> port = JsonTree.map(server, "port");
      if (!(port.get("number") instanceof Long number)) {
        continue;
      }
      Map<String, Object> tls = JsonTree.map(server, "tls");
      for (String field : List.of("credentialName", "serverCertificate")) {
        String name = JsonTree.string(tls, field, "");
        if (!name.isEmpty()) {
          certificates.add(
              new Certificate(List.of("spec", "servers", s, "tls", field), number, name));
        }
      }
      List<String> more = JsonTree.strings(tls, "credentialNames");
      for (int i = 0; i < more.size(); i++) {
        certificates.add(
            new Certificate(
                List.of("spec", "servers", s, "tls", "credentialNames", i), number, more.get(i)));
      }
      List<String> hosts = JsonTree.strings(server, "hosts");
      for (int h = 0; h < hosts.size(); h++) {
        listeners.add(
            new Listener(
                List.of("spec", "servers", s, "hosts", h),
                new Place(
                    number,
                    JsonTree.string(server, "bind", ""),
                    sanitized(hosts.get(h), namespace)),
                number,
                hosts.get(h),
                traffic(server, port),
                server.containsKey("tls"),
                JsonTree.string(tls, "mode", ""),
                isHttp(port, tls),
                Boolean.TRUE.equals(tls.get("httpsRedirect"))));
      }
    }
    return new GatewayView(
        declaration,
        JsonTree.map(spec, "selector"),
        List.copyOf(listeners),
        List.copyOf(certificates));
  }

  private static Traffic traffic(Map<String, Object> server, Map<String, Object> port) {
    String protocol = JsonTree.string(port, "protocol", "").toLowerCase(Locale.ROOT);
    if (PLAIN_HTTP.contains(protocol)) {
      return Traffic.HTTP;
    }
    return server.containsKey("tls") ? Traffic.TLS : Traffic.TCP;
  }

  /** {@code IsHTTPServer} in {@code pkg/config/gateway/gateway.go}. */
  private static boolean isHttp(Map<String, Object> port, Map<String, Object> tls) {
    String protocol = JsonTree.string(port, "protocol", "").toLowerCase(Locale.ROOT);
    return PLAIN_HTTP.contains(protocol)
        || (protocol.equals("https") && !JsonTree.string(tls, "mode", "").endsWith("PASSTHROUGH"));
  }

  private static String sanitized(String host, String namespace) {
    int slash = host.indexOf('/');
    if (slash < 0) {
      return host;
    }
    String front = host.substring(0, slash);
    String name = host.substring(slash + 1);
    return switch (front) {
      case "." -> namespace + "/" + name;
      case "*" -> name;
      default -> host;
    };
  }

  /** Whether a proxy can take both: one selector asks for all that the other asks for. */
  boolean sharesProxyWith(GatewayView other) {
    return selector.entrySet().containsAll(other.selector.entrySet())
        || other.selector.entrySet().containsAll(selector.entrySet());
  }

  /**
   * Whether istiod drops the later of two listeners of one place ({@code mergeGateways}): both have
   * TLS settings, or the port can't carry both. Otherwise they are merged.
   */
  static boolean oneIsDropped(Listener one, Listener other) {
    return (one.tls && other.tls) || one.traffic != other.traffic || one.traffic == Traffic.TCP;
  }
}

package io.meshkeel.facts.service;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The protocol of a port as Istio takes it: {@code pkg/config/protocol/instance.go} and {@code
 * ConvertProtocol} in {@code pkg/config/kube/conversion.go} of istio/istio, release 1.31.
 */
public enum Protocol {
  GRPC("GRPC", Wire.HTTP),
  GRPC_WEB("GRPC-Web", Wire.HTTP),
  HTTP("HTTP", Wire.HTTP),
  HTTP_PROXY("HTTP_PROXY", Wire.HTTP),
  HTTP2("HTTP2", Wire.HTTP),
  HTTPS("HTTPS", Wire.TCP),
  TCP("TCP", Wire.TCP),
  TLS("TLS", Wire.TCP),
  UDP("UDP", Wire.UDP),
  MONGO("Mongo", Wire.TCP),
  REDIS("Redis", Wire.TCP),
  MYSQL("MySQL", Wire.TCP),
  /** Nothing says what it is: proxies look at the first bytes. */
  UNKNOWN("unknown", Wire.SNIFFED);

  private static final Map<String, Protocol> BY_NAME =
      Map.ofEntries(
          Map.entry("tcp", TCP),
          Map.entry("udp", UDP),
          Map.entry("grpc", GRPC),
          Map.entry("grpc-web", GRPC_WEB),
          Map.entry("http", HTTP),
          Map.entry("http_proxy", HTTP_PROXY),
          Map.entry("http2", HTTP2),
          Map.entry("https", HTTPS),
          Map.entry("tls", TLS),
          Map.entry("mongo", MONGO),
          Map.entry("redis", REDIS),
          Map.entry("mysql", MYSQL));
  private static final Map<String, Protocol> OF_KUBERNETES =
      Map.of("kubernetes.io/h2c", HTTP2, "kubernetes.io/ws", HTTP, "kubernetes.io/wss", HTTPS);

  /** SMTP, DNS, MySQL and MongoDB: what sniffing would break, since the server speaks first. */
  private static final Set<Long> WELL_KNOWN = Set.of(25L, 53L, 3306L, 27017L);

  /** How a proxy handles the bytes. */
  public enum Wire {
    HTTP,
    TCP,
    /** HTTP if the first bytes are, else TCP. */
    SNIFFED,
    /** Not handled by proxies. */
    UDP
  }

  private final String word;
  private final Wire wire;

  Protocol(String word, Wire wire) {
    this.word = word;
    this.wire = wire;
  }

  /** As Istio writes it. */
  public String word() {
    return word;
  }

  public Wire wire() {
    return wire;
  }

  /** {@code protocol.Parse}: a word in any case; {@link #UNKNOWN} if Istio has none such. */
  public static Protocol parse(String word) {
    return BY_NAME.getOrDefault(word.toLowerCase(Locale.ROOT), UNKNOWN);
  }

  /**
   * The protocol of a port of a Kubernetes Service.
   *
   * @param port its number
   * @param name its name; empty if it has none
   * @param transport {@code TCP}, {@code UDP} or {@code SCTP}
   * @param appProtocol empty if it is not set; it then counts alone, the name no more
   */
  public static Protocol of(long port, String name, String transport, String appProtocol) {
    if (transport.equals("UDP")) {
      return UDP;
    }
    Protocol standard = OF_KUBERNETES.get(appProtocol);
    if (standard != null) {
      return standard;
    }
    String said = appProtocol.isEmpty() ? name : appProtocol;
    if (said.regionMatches(true, 0, GRPC_WEB.word, 0, GRPC_WEB.word.length())) {
      return GRPC_WEB;
    }
    int dash = said.indexOf('-');
    Protocol protocol = parse(dash < 0 ? said : said.substring(0, dash));
    return protocol == UNKNOWN && WELL_KNOWN.contains(port) ? TCP : protocol;
  }
}

package io.meshkeel.policy.admission;

import io.meshkeel.facts.service.Protocol;
import io.meshkeel.policy.text.GoAddress;
import io.meshkeel.policy.text.GoDuration;
import io.meshkeel.policy.text.GoRegex;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Single values that many kinds have: ports, durations, addresses, protocols. */
final class Values {
  static final String UNIX = "unix://";
  private static final long MILLI = 1_000_000;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_EXPRESSION = 1_024;

  private Values() {}

  /** A port, even if it is missing. */
  static void port(Node port, Refusals refusals) {
    if (port.number() < 1 || port.number() > MAX_PORT) {
      refusals.add(
          port,
          "'" + port.name() + "' is " + port.number() + ", which is no port",
          "write a port from 1 to " + MAX_PORT);
    }
  }

  /** A duration that is there: in whole milliseconds, one at least. */
  static void duration(Node duration, Refusals refusals) {
    if (!duration.is()) {
      return;
    }
    OptionalLong nanos = GoDuration.nanos(duration.text());
    if (nanos.isEmpty()) {
      refusals.value(duration, "is no duration", "write one, for example 5s");
    } else if (nanos.getAsLong() < MILLI) {
      refusals.value(duration, "is shorter than 1ms", "write at least 1ms");
    } else if (nanos.getAsLong() % MILLI != 0) {
      refusals.value(duration, "is no whole number of milliseconds", "round it to milliseconds");
    }
  }

  /** A duration that is there, whatever its length. */
  static void anyDuration(Node duration, Refusals refusals) {
    if (duration.is() && GoDuration.nanos(duration.text()).isEmpty()) {
      refusals.value(duration, "is no duration", "write one, for example 5s");
    }
  }

  static void address(Node address, Refusals refusals) {
    if (!GoAddress.isAddress(address.text())) {
      refusals.value(address, "is no IP address", "write an IPv4 or IPv6 address");
    }
  }

  /** An address or a range of them, {@code 10.0.0.0/8}. */
  static void subnet(Node subnet, Refusals refusals) {
    String text = subnet.text();
    boolean one = text.indexOf('/') >= 0 && text.indexOf('/') == text.lastIndexOf('/');
    if (!(one ? GoAddress.isPrefix(text) : GoAddress.isAddress(text))) {
      refusals.value(subnet, "is no IP address and no range", "write one, for example 10.0.0.0/8");
    }
  }

  /**
   * The path of a socket: absolute and no folder, or abstract with {@code @}.
   *
   * @param path what stands behind {@code unix://}
   */
  static void socket(Node at, String path, Refusals refusals) {
    if (!path.startsWith("@") && (!path.startsWith("/") || path.endsWith("/"))) {
      refusals.value(at, "names no socket", "write unix:///path/to/socket or unix://@name");
    }
  }

  /** A protocol; none is left to the proxies to find out. */
  static void protocol(Node protocol, Refusals refusals) {
    if (!protocol.text().isEmpty() && Protocol.parse(protocol.text()) == Protocol.UNKNOWN) {
      unknownProtocol(protocol, refusals);
    }
  }

  static void unknownProtocol(Node protocol, Refusals refusals) {
    refusals.value(
        protocol,
        "is no protocol that Istio knows",
        "use one of HTTP, HTTP2, HTTPS, GRPC, GRPC-WEB, TCP, TLS, MONGO, REDIS, MYSQL");
  }

  static boolean isHttp(String protocol) {
    return Protocol.parse(protocol).wire() == Protocol.Wire.HTTP;
  }

  static boolean isTls(String protocol) {
    Protocol parsed = Protocol.parse(protocol);
    return parsed == Protocol.HTTPS || parsed == Protocol.TLS;
  }

  /** An expression that Envoy compiles. */
  static void regex(Node expression, Refusals refusals) {
    String text = expression.text();
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_EXPRESSION) {
      refusals.value(expression, "is too long", "write at most " + MAX_EXPRESSION + " characters");
    } else if (!GoRegex.compiles(text)) {
      refusals.value(expression, "is no regular expression", "write one in the syntax of RE2");
    }
  }

  /** Whether two ends are a percentage. */
  static boolean isPercent(Node value) {
    return value.number() >= 0 && value.number() <= 100;
  }
}

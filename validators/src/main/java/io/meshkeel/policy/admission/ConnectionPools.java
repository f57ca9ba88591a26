package io.meshkeel.policy.admission;

import io.meshkeel.policy.text.GoDuration;
import java.util.List;

/** The connection pool of a DestinationRule or a Sidecar, and outlier detection. */
final class ConnectionPools {
  private static final List<String> COUNTS =
      List.of(
          "http1MaxPendingRequests",
          "http2MaxRequests",
          "maxRequestsPerConnection",
          "maxRetries",
          "maxConcurrentStreams");
  private static final long MILLI = 1_000_000;

  private ConnectionPools() {}

  static void pool(Node pool, int minor, Refusals refusals) {
    if (!pool.is()) {
      return;
    }
    Node http = pool.at("http");
    Node tcp = pool.at("tcp");
    if (!http.is() && !tcp.is()) {
      refusals.add(pool, "a connection pool needs http or tcp settings", "write some");
    }
    COUNTS.forEach(count -> notNegative(http.at(count), refusals));
    Values.duration(http.at("idleTimeout"), refusals);
    if (http.text("h2UpgradePolicy").equals("UPGRADE") && http.flag("useClientProtocol")) {
      refusals.add(
          http.at("useClientProtocol"),
          "the client's protocol can't be kept where it is upgraded (h2UpgradePolicy)",
          "keep one of the two");
    }
    Node alive = http.at("http2KeepAlive");
    if (minor >= 31 && alive.is()) {
      for (String field : List.of("interval", "timeout")) {
        if (alive.has(field)) {
          Values.duration(alive.at(field), refusals);
        } else {
          refusals.add(alive.at(field), "'http2KeepAlive' needs '" + field + "'", "write it");
        }
      }
    }
    notNegative(tcp.at("maxConnections"), refusals);
    Values.duration(tcp.at("connectTimeout"), refusals);
    Values.duration(tcp.at("maxConnectionDuration"), refusals);
    idle(tcp.at("idleTimeout"), refusals);
    Values.duration(tcp.at("tcpKeepalive", "time"), refusals);
    Values.duration(tcp.at("tcpKeepalive", "interval"), refusals);
  }

  /** Less than a millisecond, positive or negative, turns the timeout off. */
  private static void idle(Node idle, Refusals refusals) {
    long nanos = GoDuration.nanos(idle.text()).orElse(MILLI);
    if (nanos / MILLI != 0) {
      Values.duration(idle, refusals);
    }
  }

  static void notNegative(Node count, Refusals refusals) {
    if (count.number() < 0) {
      refusals.add(count, "'" + count.name() + "' is negative", "write 0 or more");
    }
  }

  static void outliers(Node outliers, Refusals refusals) {
    if (!outliers.is()) {
      return;
    }
    Values.duration(outliers.at("baseEjectionTime"), refusals);
    Values.duration(outliers.at("interval"), refusals);
    Node local = outliers.at("consecutiveLocalOriginFailures");
    if (local.number() > 0 && !outliers.flag("splitExternalLocalOriginErrors")) {
      refusals.add(
          local,
          "failures of local origin are only counted apart with splitExternalLocalOriginErrors",
          "write splitExternalLocalOriginErrors: true, or remove it");
    }
    for (String field : List.of("maxEjectionPercent", "minHealthPercent")) {
      if (!Values.isPercent(outliers.at(field))) {
        refusals.add(outliers.at(field), "'" + field + "' is no percentage", "write 0 to 100");
      }
    }
  }
}

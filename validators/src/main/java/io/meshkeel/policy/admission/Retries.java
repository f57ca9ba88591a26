package io.meshkeel.policy.admission;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** When and how often an HTTP route is tried again. */
final class Retries {
  private static final Set<String> CONDITIONS =
      Set.of(
          "5xx",
          "gateway-error",
          "reset",
          "reset-before-request",
          "connect-failure",
          "retriable-4xx",
          "refused-stream",
          "retriable-status-codes",
          "retriable-headers",
          "envoy-ratelimited",
          "http3-post-connect-failure",
          "cancelled",
          "deadline-exceeded",
          "internal",
          "resource-exhausted",
          "unavailable");

  /** The status codes that Go has a name for. */
  private static final Set<Integer> STATUS =
      IntStream.of(
              100, 101, 102, 103, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302,
              303, 304, 305, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411,
              412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451,
              500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511)
          .boxed()
          .collect(Collectors.toUnmodifiableSet());

  private Retries() {}

  static void check(Node retries, Refusals refusals) {
    if (!retries.is()) {
      return;
    }
    Node attempts = retries.at("attempts");
    ConnectionPools.notNegative(attempts, refusals);
    if (attempts.number() == 0
        && (retries.has("perTryTimeout")
            || !retries.text("retryOn").isEmpty()
            || retries.has("retryRemoteLocalities"))) {
      refusals.add(
          attempts, "retries are described, and with 0 attempts turned off", "write attempts");
    }
    Values.duration(retries.at("perTryTimeout"), refusals);
    Values.duration(retries.at("backoff"), refusals);
    Node on = retries.at("retryOn");
    if (!on.text().isEmpty()) {
      for (String condition : on.text().split(",", -1)) {
        if (!CONDITIONS.contains(condition) && !isStatus(condition)) {
          refusals.add(
              on,
              "'" + Refusals.shortened(condition) + "' is no condition for a retry",
              "use Envoy's words or codes of HTTP, with commas and without spaces");
        }
      }
    }
  }

  private static boolean isStatus(String text) {
    return text.matches("\\+?[0-9]{1,9}") && STATUS.contains(Integer.parseInt(text));
  }
}

package io.meshkeel.policy.admission;

import io.meshkeel.policy.text.GoDuration;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** What is within an HTTP route of a VirtualService. */
final class HttpRoutes {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*");
  private static final Set<String> GRPC_STATUS =
      Set.of(
          "OK",
          "CANCELLED",
          "UNKNOWN",
          "INVALID_ARGUMENT",
          "DEADLINE_EXCEEDED",
          "NOT_FOUND",
          "ALREADY_EXISTS",
          "PERMISSION_DENIED",
          "RESOURCE_EXHAUSTED",
          "FAILED_PRECONDITION",
          "ABORTED",
          "OUT_OF_RANGE",
          "UNIMPLEMENTED",
          "INTERNAL",
          "UNAVAILABLE",
          "DATA_LOSS",
          "UNAUTHENTICATED");
  private static final int MAX_BODY = 1 << 20;
  private static final long SECOND = 1_000_000_000;

  private final int minor;
  private final boolean delegate;
  private final boolean checked;
  private final Refusals refusals;

  /**
   * @param delegate whether the VirtualService is one
   * @param checked whether destinations are looked at: not where istiod itself made the object
   */
  HttpRoutes(int minor, boolean delegate, boolean checked, Refusals refusals) {
    this.minor = minor;
    this.delegate = delegate;
    this.checked = checked;
    this.refusals = refusals;
  }

  void route(Node route) {
    conflicts(route);
    route.at("match").each().forEach(this::match);
    Headers.operations(route.at("headers"), refusals);
    cors(route.at("corsPolicy"));
    fault(route.at("fault"));
    for (String spelling : List.of("mirrorPercent", "mirror_percent")) {
      if (route.number(spelling) > 100) {
        refusals.add(route.at(spelling), "it is above 100", "write 0 to 100");
      }
    }
    percentage(route.at("mirrorPercentage", "value"));
    Destinations.check(route.at("mirror"), refusals);
    for (Node mirror : route.at("mirrors").each()) {
      if (!mirror.has("destination")) {
        refusals.add(mirror.at("destination"), "a mirror needs a destination", "write it");
      }
      Destinations.check(mirror.at("destination"), refusals);
      percentage(mirror.at("percentage", "value"));
    }
    redirect(route.at("redirect"), route.at("match"));
    direct(route.at("directResponse"));
    Retries.check(route.at("retries"), refusals);
    rewrite(route.at("rewrite"));
    authority(route);
    for (Node each : route.at("route").each()) {
      Headers.operations(each.at("headers"), refusals);
    }
    Destinations.weighted(route.at("route"), checked, refusals);
    Values.duration(route.at("timeout"), refusals);
  }

  private void conflicts(Node route) {
    if (route.has("delegate") && !delegate) {
      for (String field : List.of("redirect", "route")) {
        boolean there = field.equals("route") ? route.at(field).any() : route.has(field);
        if (there) {
          refusals.add(
              route.at(field), "a route that delegates has no " + field, "keep one of the two");
        }
      }
      return;
    }
    if (route.has("delegate")) {
      refusals.add(
          route.at("delegate"), "a delegate can't delegate again", "write the route itself");
    }
    for (String alone : List.of("redirect", "directResponse")) {
      if (route.has(alone)) {
        alone(route, alone);
        break;
      }
    }
    if (!route.has("redirect") && !route.has("directResponse") && !route.at("route").any()) {
      refusals.add(
          route, "an HTTP route needs route, redirect or directResponse", "write one of them");
    }
    if (route.has("mirror") && route.at("mirrors").any()) {
      refusals.add(route.at("mirror"), "it stands beside mirrors, and only one may", "keep one");
    }
  }

  private void alone(Node route, String alone) {
    for (String other : List.of("route", "fault", "rewrite", "directResponse")) {
      boolean there = other.equals("route") ? route.at(other).any() : route.has(other);
      if (there && !other.equals(alone)) {
        refusals.add(
            route.at(other), "it stands beside " + alone + ", and only one may", "keep one");
      }
    }
  }

  private void match(Node match) {
    for (Node header : match.at("headers").each()) {
      Headers.matched(header, refusals);
      StringMatches.check(header, refusals);
    }
    for (Node header : match.at("withoutHeaders").each()) {
      Headers.matched(header, refusals);
      // '*' is no expression there, it means that the header is present.
      if (!header.text("regex").equals("*")) {
        StringMatches.check(header, refusals);
      }
    }
    StringMatches.expression(match.at("uri"), refusals);
    for (String field : List.of("scheme", "method", "authority")) {
      StringMatches.check(match.at(field), refusals);
    }
    match.at("queryParams").each().forEach(each -> StringMatches.check(each, refusals));
    VirtualServices.common(match, refusals);
    if (!match.text("sourceNamespace").isEmpty()) {
      Names.dnsLabel(match.at("sourceNamespace"), refusals);
    }
  }

  private void cors(Node cors) {
    for (Node origin : cors.at("allowOrigins").each()) {
      String text = origin.text("exact") + origin.text("prefix") + origin.text("regex");
      if (text.isEmpty()) {
        refusals.add(origin, "an origin needs exact, prefix or regex", "write one of them");
      } else {
        StringMatches.expression(origin, refusals);
      }
    }
    for (Node method : cors.at("allowMethods").each()) {
      if (!METHODS.contains(method.text())) {
        refusals.value(method, "is no method of HTTP", "write it in capitals, or '*'");
      }
    }
    cors.at("allowHeaders").each().forEach(each -> Headers.cors(each, refusals));
    cors.at("exposeHeaders").each().forEach(each -> Headers.cors(each, refusals));
    Node age = cors.at("maxAge");
    Values.duration(age, refusals);
    if (GoDuration.nanos(age.text()).orElse(0) % SECOND > 0) {
      refusals.value(age, "is no whole number of seconds", "round it to seconds");
    }
  }

  private void fault(Node fault) {
    if (!fault.is()) {
      return;
    }
    Node abort = fault.at("abort");
    Node delay = fault.at("delay");
    if (!abort.is() && !delay.is()) {
      refusals.add(fault, "a fault needs an abort or a delay", "write one of them");
    }
    part(abort.at("percentage", "value"));
    if (abort.has("grpcStatus") && !GRPC_STATUS.contains(abort.text("grpcStatus"))) {
      refusals.value(
          abort.at("grpcStatus"), "is no status of gRPC", "write one, for example NOT_FOUND");
    }
    if (abort.has("http2Error")) {
      refusals.add(
          abort.at("http2Error"), "Istio can't abort with an HTTP/2 error", "use httpStatus");
    }
    if (abort.has("httpStatus")) {
      status(abort.at("httpStatus"));
    }
    part(delay.at("percentage", "value"));
    Values.duration(delay.at("fixedDelay"), refusals);
    if (delay.has("exponentialDelay")) {
      refusals.add(
          delay.at("exponentialDelay"), "Istio has no exponential delay", "use fixedDelay");
    }
  }

  private void status(Node status) {
    if (status.number() < 200 || status.number() > 600) {
      refusals.add(
          status, "'" + status.name() + "' is no status of HTTP", "write one from 200 to 599");
    }
  }

  /** A percentage that isn't smaller than Envoy can count. */
  private void part(Node percentage) {
    double value = percentage.decimal();
    if (value < 0 || value > 100 || (value > 0 && value < 0.0001)) {
      refusals.add(
          percentage, value + " is no percentage", "write 0, or a number from 0.0001 to 100");
    }
  }

  private void percentage(Node percentage) {
    if (percentage.decimal() < 0 || percentage.decimal() > 100) {
      refusals.add(percentage, percentage.decimal() + " is no percentage", "write 0 to 100");
    }
  }

  private void redirect(Node redirect, Node matches) {
    if (!redirect.is()) {
      return;
    }
    boolean prefix = minor >= 31 && !redirect.text("prefixRewrite").isEmpty();
    if (prefix) {
      if (!redirect.text("uri").isEmpty()) {
        refusals.add(redirect.at("uri"), "it stands beside prefixRewrite", "keep one of the two");
      }
      for (Node match : matches.each()) {
        if (match.has("uri") && !match.at("uri").has("prefix")) {
          refusals.add(
              match.at("uri"),
              "redirect.prefixRewrite needs a match by prefix",
              "match the uri by prefix, or use redirect.uri");
          return;
        }
      }
    }
    if (!prefix
        && List.of("uri", "authority", "scheme").stream().allMatch(f -> redirect.text(f).isEmpty())
        && !redirect.has("port")
        && !redirect.has("derivePort")) {
      refusals.add(
          redirect, "a redirect needs a uri, authority, scheme or port", "write one of them");
    }
    Node code = redirect.at("redirectCode");
    if (code.number() != 0 && (code.number() < 300 || code.number() > 399)) {
      refusals.add(code, code.number() + " is no status of a redirect", "write one of 3xx");
    }
    if (!Set.of("", "http", "https").contains(redirect.text("scheme"))) {
      refusals.value(redirect.at("scheme"), "is no scheme of a redirect", "write http or https");
    }
    if (redirect.number("port") > 0) {
      Values.port(redirect.at("port"), refusals);
    }
  }

  private void direct(Node response) {
    if (!response.is()) {
      return;
    }
    Node body = response.at("body");
    long size = body.text("string").getBytes(StandardCharsets.UTF_8).length;
    if (body.has("bytes")) {
      try {
        size = decoded(body.text("bytes")).length;
      } catch (IllegalArgumentException e) {
        refusals.add(body.at("bytes"), "it is no base64", "encode the bytes as base64");
      }
    }
    if (size > MAX_BODY) {
      refusals.add(body, "the body is larger than 1 MiB", "shorten it");
    }
    status(response.at("status"));
  }

  /** Base64 in its standard form, padded. */
  private static byte[] decoded(String text) {
    if (text.length() % 4 != 0) {
      throw new IllegalArgumentException("not padded");
    }
    return Base64.getDecoder().decode(text);
  }

  private void rewrite(Node rewrite) {
    if (!rewrite.is()) {
      return;
    }
    Node regex = rewrite.at("uriRegexRewrite");
    if (!rewrite.text("uri").isEmpty() && regex.is()) {
      refusals.add(regex, "it stands beside uri, and only one may", "keep one of the two");
      return;
    }
    if (rewrite.text("uri").isEmpty() && !regex.is() && rewrite.text("authority").isEmpty()) {
      refusals.add(
          rewrite, "a rewrite needs a uri, uriRegexRewrite or authority", "write one of them");
    }
    if (regex.is()) {
      if (regex.text("match").isEmpty() || regex.text("rewrite").isEmpty()) {
        refusals.add(regex, "'uriRegexRewrite' needs match and rewrite", "write both");
      } else {
        Values.regex(regex.at("match"), refusals);
      }
    }
  }

  /** The authority is set in one place. */
  private void authority(Node route) {
    boolean set = !route.at("rewrite").text("authority").isEmpty();
    for (String kind : List.of("set", "add")) {
      for (Node header : route.at("headers", "request", kind).each()) {
        if (Headers.isAuthority(header.key())) {
          if (set) {
            refusals.add(header, "the authority is set in more than one place", "keep one of them");
            return;
          }
          set = !header.text().isEmpty();
        }
      }
    }
  }
}

package io.meshkeel.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests an API server has answered since it started, read from its own metric {@code
 * apiserver_request_total}. Watches count when they end.
 *
 * @param byVerbAndResource {@code "APPLY virtualservices"} to count
 */
public record RequestCounts(Map<String, Long> byVerbAndResource) {
  private static final Pattern LINE =
      Pattern.compile("apiserver_request_total\\{(.*)\\} ([0-9.e+]+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Set<String> WRITES =
      Set.of("APPLY", "PATCH", "POST", "PUT", "DELETE", "DELETECOLLECTION");
  private static final Set<String> GROUPS =
      Set.of(
          "networking.istio.io",
          "security.istio.io",
          "telemetry.istio.io",
          "extensions.istio.io",
          "gateway.networking.k8s.io");

  public RequestCounts {
    byVerbAndResource = Map.copyOf(byVerbAndResource);
  }

  /**
   * The counts now, of Istio's and the Gateway API's resources, and of configmaps and namespaces.
   */
  public static RequestCounts of(KubernetesClient admin) {
    String text = admin.raw("/metrics");
    if (text == null) {
      throw new IllegalStateException("the API server shows no metrics");
    }
    return parse(text);
  }

  /** Reads Prometheus' text format. */
  static RequestCounts parse(String metrics) {
    Map<String, Long> counts = new HashMap<>();
    for (String line : metrics.lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        continue;
      }
      Map<String, String> labels = new HashMap<>();
      Matcher label = LABEL.matcher(matcher.group(1));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
      String resource = labels.getOrDefault("resource", "");
      if (GROUPS.contains(labels.getOrDefault("group", ""))
          || resource.equals("configmaps")
          || resource.equals("namespaces")) {
        counts.merge(
            labels.getOrDefault("verb", "") + " " + resource,
            (long) Double.parseDouble(matcher.group(2)),
            Long::sum);
      }
    }
    return new RequestCounts(counts);
  }

  /** What came since an earlier look. */
  public RequestCounts since(RequestCounts earlier) {
    Map<String, Long> difference = new HashMap<>();
    byVerbAndResource.forEach((key, count) -> {
      long more = count - earlier.byVerbAndResource.getOrDefault(key, 0L);
      if (more > 0) {
        difference.put(key, more);
      }
    });
    return new RequestCounts(difference);
  }

  /** Writes of Istio and Gateway API objects. */
  public long objectWrites() {
    return sum((verb, resource) ->
        WRITES.contains(verb) && !resource.equals("configmaps") && !resource.equals("namespaces"));
  }

  /** Writes of ConfigMaps: the ApplySet's parent. */
  public long parentWrites() {
    return sum((verb, resource) -> WRITES.contains(verb) && resource.equals("configmaps"));
  }

  /** All requests but watches, of Istio and Gateway API objects, and writes of anything. */
  public long beyondWatches() {
    return sum((verb, resource) ->
        WRITES.contains(verb)
            || !verb.equals("WATCH")
                && !resource.equals("configmaps")
                && !resource.equals("namespaces"));
  }

  private long sum(java.util.function.BiPredicate<String, String> wanted) {
    return byVerbAndResource.entrySet().stream()
        .filter(entry -> {
          int space = entry.getKey().indexOf(' ');
          return wanted.test(
              entry.getKey().substring(0, space), entry.getKey().substring(space + 1));
        })
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}

package io.meshkeel.facts.workload;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workload of one cluster.
 *
 * @param key what identifies it
 * @param shape the template of its pods; without a controller in sight, the newest pod
 * @param controlled whether what controls its pods was seen, so that {@code shape} is a template
 * @param pods its pods that haven't ended, by name
 * @param outside of a WorkloadEntry
 */
public record Workload(
    WorkloadKey key,
    PodShape shape,
    boolean controlled,
    List<Pod> pods,
    Optional<Outside> outside) {
  public Workload {
    pods = List.copyOf(pods);
  }

  /**
   * What a WorkloadEntry says beside labels.
   *
   * @param address IP, host name or Unix socket; empty if unknown
   * @param network {@code spec.network}
   * @param locality {@code region/zone/subzone}
   */
  public record Outside(String address, String network, String locality) {}

  /** The labels of its template. */
  public Map<String, String> labels() {
    return shape.labels();
  }

  /**
   * The labels by which policies find its proxies: those of the newest pod, since istiod is told
   * what runs; without pods, those of its template.
   */
  public Map<String, String> proxyLabels() {
    return pods.stream()
        .max(Comparator.comparing(Pod::created).thenComparing(Pod::name))
        .map(pod -> pod.shape().labels())
        .orElse(shape.labels());
  }

  /** Whether a selector takes it: its template, or a pod that runs with other labels. */
  public boolean selectedBy(Map<String, String> selector) {
    return Labels.select(selector, shape.labels()) || !podsSelectedBy(selector).isEmpty();
  }

  /** The pods that a selector takes. */
  public List<Pod> podsSelectedBy(Map<String, String> selector) {
    return pods.stream().filter(pod -> Labels.select(selector, pod.shape().labels())).toList();
  }

  /** What its proxies do, or would do: a pod that runs tells more than a template. */
  public Proxy.Role role() {
    return pods.stream()
        .flatMap(pod -> pod.shape().proxy().stream())
        .map(Proxy::role)
        .findFirst()
        .orElseGet(shape::role);
  }

  /** Whether ztunnel takes the traffic of all of it; false if there is nothing that runs. */
  public boolean ambient() {
    return !pods.isEmpty() && pods.stream().allMatch(pod -> pod.shape().ambient());
  }

  /** Whether a proxy stands before all of it; false if there is nothing that runs. */
  public boolean proxied() {
    return pods.isEmpty()
        ? shape.proxy().isPresent()
        : pods.stream().allMatch(pod -> pod.shape().proxy().isPresent());
  }
}

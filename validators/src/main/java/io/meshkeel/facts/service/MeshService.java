package io.meshkeel.facts.service;

import io.meshkeel.model.ClusterName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A service over the clusters of a mesh. Istio takes them for one and reads its ports from
 * whichever cluster it saw first ({@code mergeService} in {@code
 * pilot/pkg/serviceregistry/aggregate/controller.go}): they should be the same.
 *
 * @param key which one
 * @param host its full name
 * @param clusters what each cluster holds, by name; never empty
 */
public record MeshService(
    ServiceKey key, String host, SortedMap<ClusterName, ClusterService> clusters) {
  public MeshService {
    clusters = Collections.unmodifiableSortedMap(new TreeMap<>(clusters));
  }

  /** In what the clusters differ. */
  public enum Aspect {
    PORTS("ports"),
    SELECTOR("selector"),
    TYPE("type");

    private final String word;

    Aspect(String word) {
      this.word = word;
    }

    /** As reports write it. */
    public String word() {
      return word;
    }
  }

  /**
   * A difference between clusters.
   *
   * @param aspect in what
   * @param variants what is said, and the clusters that say it, most clusters first
   */
  public record Difference(Aspect aspect, Map<String, List<ClusterName>> variants) {
    public Difference {
      variants = Collections.unmodifiableMap(new LinkedHashMap<>(variants));
    }

    /** For example {@code ports: 80 HTTP in east, west; 80 TCP in south}. */
    public String words() {
      List<String> parts = new ArrayList<>();
      variants.forEach((said, clusters) ->
          parts.add(
              said
                  + " in "
                  + String.join(", ", clusters.stream().map(ClusterName::value).toList())));
      return aspect.word() + ": " + String.join("; ", parts);
    }
  }

  /** Where the clusters differ; empty if they say the same. */
  public List<Difference> differences() {
    List<Difference> differences = new ArrayList<>();
    add(differences, Aspect.PORTS, MeshService::ports);
    add(differences, Aspect.SELECTOR, service -> selector(service.selector()));
    add(differences, Aspect.TYPE, MeshService::type);
    return List.copyOf(differences);
  }

  private void add(
      List<Difference> differences, Aspect aspect, Function<ClusterService, String> said) {
    Map<String, List<ClusterName>> variants = new TreeMap<>();
    clusters.forEach((cluster, service) ->
        variants.computeIfAbsent(said.apply(service), s -> new ArrayList<>()).add(cluster));
    if (variants.size() > 1) {
      Map<String, List<ClusterName>> ordered = new LinkedHashMap<>();
      variants.entrySet().stream()
          .sorted((one, other) -> other.getValue().size() - one.getValue().size())
          .forEach(variant -> ordered.put(variant.getKey(), List.copyOf(variant.getValue())));
      differences.add(new Difference(aspect, ordered));
    }
  }

  /**
   * Number, name and protocol of each port: endpoints of all clusters are joined by these. Target
   * and node ports are each cluster's own affair.
   */
  private static String ports(ClusterService service) {
    TreeMap<Long, TreeSet<String>> ports = new TreeMap<>();
    for (ServicePort port : service.ports()) {
      ports
          .computeIfAbsent(port.number(), n -> new TreeSet<>())
          .add(
              port.number()
                  + " "
                  + (port.name().isEmpty() ? "" : port.name() + " ")
                  + port.protocol().word());
    }
    List<String> all = new ArrayList<>();
    ports.values().forEach(all::addAll);
    return all.isEmpty() ? "none" : String.join(", ", all);
  }

  private static String selector(Map<String, String> selector) {
    List<String> labels = new ArrayList<>();
    new TreeMap<>(selector).forEach((key, value) -> labels.add(key + "=" + value));
    return labels.isEmpty() ? "none" : String.join(", ", labels);
  }

  /** Headless counts as a type of its own; a ClusterIP beside a NodePort is the same to a mesh. */
  private static String type(ClusterService service) {
    return service.headless() ? "headless" : service.type();
  }

  /** A port number over the clusters. */
  public record PortProtocols(long number, Map<ClusterName, Protocol> byCluster) {
    public PortProtocols {
      byCluster = Collections.unmodifiableMap(new TreeMap<>(byCluster));
    }

    /** Whether all clusters that have it say the same. */
    public boolean agreed() {
      return new TreeSet<>(byCluster.values()).size() < 2;
    }

    /** What the first cluster says. */
    public Protocol first() {
      return byCluster.values().iterator().next();
    }
  }

  /** The ports of all clusters, by number. */
  public List<PortProtocols> portProtocols() {
    TreeMap<Long, Map<ClusterName, Protocol>> ports = new TreeMap<>();
    clusters.forEach((cluster, service) ->
        service
            .ports()
            .forEach(port ->
                ports
                    .computeIfAbsent(port.number(), n -> new TreeMap<>())
                    .putIfAbsent(cluster, port.protocol())));
    List<PortProtocols> all = new ArrayList<>();
    ports.forEach((number, protocols) -> all.add(new PortProtocols(number, protocols)));
    return List.copyOf(all);
  }
}

package io.meshkeel.view;

import io.meshkeel.facts.Hosts;
import io.meshkeel.facts.injection.SidecarState;
import io.meshkeel.facts.service.Protocol;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.Pod;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Module {@code services}. */
final class Services {
  private Services() {}

  private record Name(String namespace, String name) implements Comparable<Name> {
    @Override
    public int compareTo(Name other) {
      int order = namespace.compareTo(other.namespace);
      return order != 0 ? order : name.compareTo(other.name);
    }
  }

  static List<ServiceRow> rows(Scene scene) {
    Map<Name, Map<SceneCluster, Manifest>> services = new TreeMap<>();
    for (SceneCluster cluster : scene.clusters()) {
      for (Manifest service : cluster.of(ObservedKinds.SERVICE)) {
        if (!scene.isSystem(service.key().namespace())) {
          services
              .computeIfAbsent(
                  new Name(service.key().namespace(), service.key().name()),
                  n -> new LinkedHashMap<>())
              .put(cluster, service);
        }
      }
    }
    List<ServiceRow> rows = new ArrayList<>();
    services.forEach((name, where) -> rows.add(new Reading(scene, name, where).row()));
    return rows;
  }

  /** The protocol of a port of a Service. */
  static Protocol protocol(Map<String, Object> port) {
    return Protocol.of(
        Istiod.number(port, "port", 0),
        JsonTree.string(port, "name", ""),
        JsonTree.string(port, "protocol", "TCP"),
        JsonTree.string(port, "appProtocol", ""));
  }

  /** One service. */
  private static final class Reading {
    private final Scene scene;
    private final Name name;
    private final Map<SceneCluster, Manifest> where;
    private final List<String> abnormal = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> workloads = new ArrayList<>();
    private final TreeSet<String> uninjected = new TreeSet<>();
    private final TreeSet<Long> untold = new TreeSet<>();
    private long ready;
    private long pods;

    Reading(Scene scene, Name name, Map<SceneCluster, Manifest> where) {
      this.scene = scene;
      this.name = name;
      this.where = where;
    }

    ServiceRow row() {
      Manifest first = where.values().iterator().next();
      differs("type", service -> JsonTree.string(service.spec(), "type", "ClusterIP"));
      differs("selector", service -> JsonTree.map(service.spec(), "selector"));
      differs("ports", service -> new TreeSet<>(ports(service)));
      where.forEach(this::look);
      if (!untold.isEmpty()) {
        warnings.add(
            "the protocol of port "
                + String.join(", ", untold.stream().map(Object::toString).toList())
                + " is not declared");
      }
      List<String> reasons = abnormal.isEmpty() ? warnings : abnormal;
      return new ServiceRow(
          scene.mesh(),
          name.namespace(),
          name.name(),
          where.keySet().stream().map(cluster -> cluster.name().value()).toList(),
          Hosts.serviceName(name.name(), name.namespace(), scene.spec().clusterDomain()),
          JsonTree.string(first.spec(), "type", "ClusterIP"),
          ports(first),
          workloads,
          ready,
          pods,
          !abnormal.isEmpty()
              ? ServiceRow.State.ABNORMAL
              : warnings.isEmpty() ? ServiceRow.State.NORMAL : ServiceRow.State.WARNING,
          String.join("; ", reasons),
          fix());
    }

    /** Notes that clusters don't agree. */
    private void differs(String what, Function<Manifest, Object> of) {
      Map<String, List<String>> values = new LinkedHashMap<>();
      where.forEach((cluster, service) ->
          values
              .computeIfAbsent(text(of.apply(service)), v -> new ArrayList<>())
              .add(cluster.name().value()));
      if (values.size() > 1) {
        List<String> parts = new ArrayList<>();
        values.forEach(
            (value, clusters) -> parts.add(value + " in " + String.join(", ", clusters)));
        abnormal.add(what + " differ: " + String.join(", but ", parts));
      }
    }

    private static String text(Object value) {
      return value instanceof Map<?, ?> map
          ? map.isEmpty() ? "none" : new TreeMap<>(map).toString()
          : value.toString();
    }

    private static List<String> ports(Manifest service) {
      List<String> ports = new ArrayList<>();
      for (Map<String, Object> port : JsonTree.maps(service.spec(), "ports")) {
        ports.add(Istiod.number(port, "port", 0) + "/" + protocol(port).word());
      }
      return ports;
    }

    private void look(SceneCluster cluster, Manifest service) {
      for (Map<String, Object> port : JsonTree.maps(service.spec(), "ports")) {
        if (protocol(port) == Protocol.UNKNOWN) {
          untold.add(Istiod.number(port, "port", 0));
        }
      }
      Map<String, String> selector = Labels.of(JsonTree.map(service.spec(), "selector"));
      if (selector.isEmpty()
          || "ExternalName".equals(service.spec().get("type"))
          || !cluster.knows(ObservedKinds.POD)) {
        return;
      }
      int found = 0;
      for (Workload workload : scene.workloads(cluster).inNamespace(name.namespace())) {
        if (workload.selectedBy(selector)) {
          found++;
          look(cluster, workload, workload.podsSelectedBy(selector));
        }
      }
      if (found == 0) {
        warnings.add("its selector takes no workload in " + cluster.name());
      }
    }

    private void look(SceneCluster cluster, Workload workload, List<Pod> selected) {
      workloads.add(cluster.name() + "/" + workload.key().kind() + " " + workload.key().name());
      pods += selected.size();
      ready += selected.stream().filter(Pod::ready).count();
      Optional<SidecarState> state =
          scene.injection(cluster).map(injection -> injection.state(workload));
      state
          .filter(found -> found.state() != SidecarState.State.INJECTED)
          .ifPresent(found -> {
            boolean waits = found.state() == SidecarState.State.PENDING_RESTART;
            warnings.add(
                workload.key().kind()
                    + " "
                    + workload.key().name()
                    + " in "
                    + cluster.name()
                    + (waits ? " must be restarted: " : " is not injected: ")
                    + found.reason());
            if (!waits) {
              uninjected.add(cluster.name().value());
            }
          });
    }

    /** A declaration that takes the first reason away, if one can. */
    private Map<String, Object> fix() {
      if (!abnormal.isEmpty()) {
        return Map.of();
      }
      if (!uninjected.isEmpty()) {
        return Fixes.inject(name.namespace(), List.copyOf(uninjected));
      }
      return untold.isEmpty()
          ? Map.of()
          : Fixes.protocol(
              name.namespace(),
              name.name(),
              where.keySet().stream().map(cluster -> cluster.name().value()).toList(),
              List.copyOf(untold));
    }
  }
}

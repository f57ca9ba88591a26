package io.meshkeel.declaration;

import io.meshkeel.model.Histogram;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Traffic;
import io.meshkeel.model.Traffic.ControlPlane;
import io.meshkeel.model.Traffic.Served;
import io.meshkeel.model.TrafficEdge;
import io.meshkeel.model.TrafficEdge.End;
import io.meshkeel.model.TrafficEdge.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** The file {@code edges.yaml} of a snapshot: traffic that was observed. */
public final class TrafficFile {
  /** Its name in the snapshot's folder. */
  public static final String FILE = "edges.yaml";

  private static final String KIND = "Traffic";
  private static final Set<String> FIELDS =
      Set.of(
          "source",
          "destination",
          "service",
          "protocol",
          "requestsPerSecond",
          "errorsPerSecond",
          "bytesPerSecond",
          "p50Milliseconds",
          "p90Milliseconds",
          "p99Milliseconds",
          "mtlsShare");
  private static final Set<String> CONTROL_PLANE =
      Set.of(
          "cluster",
          "pushesPerSecond",
          "errorsPerSecond",
          "rejectsPerSecond",
          "proxies",
          "convergence");

  /** The bound of the bucket that holds all, as Prometheus writes it. */
  private static final String INFINITE = "+Inf";

  private final Problems problems;

  private TrafficFile(Problems problems) {
    this.problems = problems;
  }

  /** The text of the file. */
  public static String write(Traffic traffic) {
    Map<String, Object> spec = new TreeMap<>();
    if (!traffic.taken().isEmpty()) {
      spec.put("taken", traffic.taken());
    }
    spec.put("edges", traffic.edges().stream().map(TrafficFile::tree).toList());
    if (!traffic.served().isEmpty()) {
      spec.put("served", traffic.served().stream().map(TrafficFile::tree).toList());
    }
    if (!traffic.controlPlanes().isEmpty()) {
      spec.put("controlPlanes", traffic.controlPlanes().stream().map(TrafficFile::tree).toList());
    }
    if (!traffic.notes().isEmpty()) {
      spec.put("notes", traffic.notes());
    }
    return YamlWriter.write(
        JsonTree.freeze(Map.of("apiVersion", OwnKinds.API_VERSION, "kind", KIND, "spec", spec)));
  }

  private static Map<String, Object> tree(TrafficEdge edge) {
    Figures figures = edge.figures();
    Map<String, Object> tree = new TreeMap<>();
    tree.put("source", tree(edge.source()));
    tree.put("destination", tree(edge.destination()));
    if (!edge.service().isEmpty()) {
      tree.put("service", edge.service());
    }
    tree.put("protocol", edge.protocol());
    tree.put("requestsPerSecond", figures.requests());
    tree.put("errorsPerSecond", figures.errors());
    tree.put("bytesPerSecond", figures.bytes());
    figures.p50().ifPresent(value -> tree.put("p50Milliseconds", value));
    figures.p90().ifPresent(value -> tree.put("p90Milliseconds", value));
    figures.p99().ifPresent(value -> tree.put("p99Milliseconds", value));
    figures.mtls().ifPresent(value -> tree.put("mtlsShare", value));
    return tree;
  }

  private static Map<String, Object> tree(Served served) {
    Map<String, Object> tree = new TreeMap<>();
    tree.put("destination", tree(served.destination()));
    if (!served.service().isEmpty()) {
      tree.put("service", served.service());
    }
    tree.put("buckets", tree(served.latency()));
    return tree;
  }

  private static Map<String, Object> tree(ControlPlane plane) {
    Map<String, Object> tree = new TreeMap<>();
    if (!plane.cluster().isEmpty()) {
      tree.put("cluster", plane.cluster());
    }
    tree.put("pushesPerSecond", plane.pushes());
    tree.put("errorsPerSecond", plane.errors());
    tree.put("rejectsPerSecond", plane.rejects());
    tree.put("proxies", plane.proxies());
    tree.put("convergence", tree(plane.convergence()));
    return tree;
  }

  private static Map<String, Object> tree(Histogram histogram) {
    Map<String, Object> tree = new TreeMap<>();
    histogram
        .buckets()
        .forEach((bound, value) -> tree.put(bound.isInfinite() ? INFINITE : "" + bound, value));
    return tree;
  }

  private static Map<String, Object> tree(End end) {
    Map<String, Object> tree = new TreeMap<>();
    tree.put("workload", end.workload());
    if (!end.cluster().isEmpty()) {
      tree.put("cluster", end.cluster());
    }
    if (!end.namespace().isEmpty()) {
      tree.put("namespace", end.namespace());
    }
    if (!end.canonical().isEmpty()) {
      tree.put("canonicalService", end.canonical());
    }
    return tree;
  }

  /** Reads the file; what is wrong is noted. */
  static Traffic read(Map<String, Object> tree, Problems problems) {
    new Fields(tree, JsonPath.ROOT, problems)
        .allow(Set.of("apiVersion", "kind", "metadata", "spec"), Set.of())
        .child("spec")
        .allow(Set.of("taken", "edges", "served", "controlPlanes", "notes"), Set.of());
    if (!KIND.equals(tree.get("kind")) || !OwnKinds.API_VERSION.equals(tree.get("apiVersion"))) {
      problems.add(
          DeclarationError.KIND,
          JsonPath.of("kind"),
          FILE + " is no " + KIND + " of " + OwnKinds.API_VERSION,
          "take the snapshot again; a cluster that is called edges needs a folder, not a file");
    }
    TrafficFile reading = new TrafficFile(problems);
    Map<String, Object> spec = JsonTree.map(tree, "spec");
    List<Map<String, Object>> items = JsonTree.maps(spec, "edges");
    List<TrafficEdge> edges = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      edges.add(reading.edge(items.get(i), JsonPath.of("spec", "edges", i)));
    }
    List<Map<String, Object>> answers = JsonTree.maps(spec, "served");
    List<Served> served = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      served.add(reading.served(answers.get(i), JsonPath.of("spec", "served", i)));
    }
    List<Map<String, Object>> planes = JsonTree.maps(spec, "controlPlanes");
    List<ControlPlane> controlPlanes = new ArrayList<>();
    for (int i = 0; i < planes.size(); i++) {
      controlPlanes.add(
          reading.controlPlane(planes.get(i), JsonPath.of("spec", "controlPlanes", i)));
    }
    return new Traffic(
        JsonTree.string(spec, "taken", ""),
        edges,
        served,
        controlPlanes,
        JsonTree.strings(spec, "notes"));
  }

  private Served served(Map<String, Object> item, JsonPath at) {
    Fields fields =
        new Fields(item, at, problems).allow(Set.of("destination", "service", "buckets"), Set.of());
    return new Served(
        end(item, "destination", at),
        fields.text("service").orElse(""),
        histogram(item, "buckets", at));
  }

  private ControlPlane controlPlane(Map<String, Object> item, JsonPath at) {
    Fields fields = new Fields(item, at, problems).allow(CONTROL_PLANE, Set.of());
    return new ControlPlane(
        fields.text("cluster").orElse(""),
        number(item, "pushesPerSecond", at).orElse(0),
        number(item, "errorsPerSecond", at).orElse(0),
        number(item, "rejectsPerSecond", at).orElse(0),
        number(item, "proxies", at).orElse(0),
        histogram(item, "convergence", at));
  }

  private Histogram histogram(Map<String, Object> item, String name, JsonPath at) {
    TreeMap<Double, Double> buckets = new TreeMap<>();
    Map<String, Object> given = JsonTree.map(item, name);
    for (String bound : given.keySet()) {
      try {
        buckets.put(
            bound.equals(INFINITE) ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
            number(given, bound, at.field(name)).orElse(0));
      } catch (NumberFormatException e) {
        problems.add(
            DeclarationError.BAD_VALUE,
            at.field(name).field(bound),
            "'" + at.field(name).field(bound) + "' is no bound of a bucket",
            "write a number, or " + INFINITE);
      }
    }
    return new Histogram(buckets);
  }

  private TrafficEdge edge(Map<String, Object> item, JsonPath at) {
    Fields fields = new Fields(item, at, problems).allow(FIELDS, Set.of());
    return new TrafficEdge(
        end(item, "source", at),
        end(item, "destination", at),
        fields.text("service").orElse(""),
        fields.text("protocol").orElse("http"),
        new Figures(
            number(item, "requestsPerSecond", at).orElse(0),
            number(item, "errorsPerSecond", at).orElse(0),
            number(item, "bytesPerSecond", at).orElse(0),
            number(item, "p50Milliseconds", at),
            number(item, "p90Milliseconds", at),
            number(item, "p99Milliseconds", at),
            number(item, "mtlsShare", at)));
  }

  private End end(Map<String, Object> item, String name, JsonPath at) {
    Fields fields =
        new Fields(JsonTree.map(item, name), at.field(name), problems)
            .allow(Set.of("cluster", "namespace", "workload", "canonicalService"), Set.of());
    return new End(
        fields.text("cluster").orElse(""),
        fields.text("namespace").orElse(""),
        fields.requiredText("workload", "write the workload's name, or unknown"),
        fields.text("canonicalService").orElse(""));
  }

  private OptionalDouble number(Map<String, Object> item, String name, JsonPath at) {
    Object value = item.get(name);
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (value instanceof Number number && number.doubleValue() >= 0) {
      return OptionalDouble.of(number.doubleValue());
    }
    problems.add(
        DeclarationError.BAD_VALUE,
        at.field(name),
        "'" + at.field(name) + "' is no number from 0 up",
        "write a number");
    return OptionalDouble.empty();
  }
}

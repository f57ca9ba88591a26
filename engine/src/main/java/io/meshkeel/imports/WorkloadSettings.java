package io.meshkeel.imports;

import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Istio's labels and annotations of pod templates, as {@code WorkloadSidecar}. */
final class WorkloadSettings extends Recogniser {
  private static final String SIDECAR = "sidecar.istio.io/";
  private static final String TRAFFIC = "traffic.sidecar.istio.io/";
  private static final Map<String, String> RESOURCES =
      Map.of(
          SIDECAR + "proxyCPU", "cpu",
          SIDECAR + "proxyMemory", "memory",
          SIDECAR + "proxyCPULimit", "cpuLimit",
          SIDECAR + "proxyMemoryLimit", "memoryLimit");
  private static final List<String> DIRECTIONS =
      List.of("includeInbound", "excludeInbound", "includeOutbound", "excludeOutbound");

  WorkloadSettings(
      ImportRequest request, Footing footing, Names names, Consumer<ImportEntry> report) {
    super(request, footing, names, report);
  }

  @Override
  String kind() {
    return "WorkloadSidecar";
  }

  @Override
  String folder() {
    return "workloads/";
  }

  @Override
  String name(ResourceKey key) {
    String kind = key.kind().equals("Deployment") ? "" : "-" + key.kind().toLowerCase(Locale.ROOT);
    return key.namespace() + "." + key.name() + kind;
  }

  @Override
  Optional<Found> find(Manifest workload) {
    Map<String, Object> template =
        JsonTree.map(JsonTree.map(workload.spec(), "template"), "metadata");
    Map<String, Object> annotations = JsonTree.map(template, "annotations");
    if (SYSTEM.contains(workload.key().namespace())
        || "istiod".equals(workload.labels().get("app"))
        || InjectedShape.is(workload)) {
      return Optional.empty();
    }
    Map<String, Object> spec = new HashMap<>();
    List<String> comments = new ArrayList<>();
    String inject = JsonTree.string(JsonTree.map(template, "labels"), SIDECAR + "inject", "");
    if (inject.equals("true") || inject.equals("false")) {
      spec.put("inject", inject.equals("true"));
    }
    settings(annotations, spec);
    if (Boolean.FALSE.equals(spec.get("inject")) && spec.size() > 1) {
      spec.keySet().retainAll(List.of("inject"));
      comments.add(
          "Left out: settings of a sidecar that isn't injected; they stay in the pod template.");
    }
    if (spec.isEmpty()) {
      return Optional.empty();
    }
    others(annotations).stream()
        .reduce((a, b) -> a + ", " + b)
        .ifPresent(names ->
            comments.add(
                "Left out: annotations that WorkloadSidecar has no field for; they stay in the pod"
                    + " template: "
                    + names));
    spec.put(
        "workload",
        Map.of(
            "kind",
            workload.key().kind(),
            "namespace",
            workload.key().namespace(),
            "name",
            workload.key().name()));
    return Optional.of(new Found(Map.copyOf(spec), comments));
  }

  private static void settings(Map<String, Object> annotations, Map<String, Object> spec) {
    Map<String, Object> resources = new HashMap<>();
    RESOURCES.forEach((annotation, field) -> {
      if (annotations.get(annotation) instanceof String value) {
        resources.put(field, value);
      }
    });
    put(spec, "resources", resources);
    if (annotations.get(SIDECAR + "logLevel") instanceof String level) {
      spec.put("logLevel", level);
    }
    Map<String, Object> ports = new HashMap<>();
    Map<String, Object> ranges = new HashMap<>();
    for (String direction : DIRECTIONS) {
      if (annotations.get(TRAFFIC + direction + "Ports") instanceof String value) {
        ports.put(direction, list(value, true));
      }
      if (annotations.get(TRAFFIC + direction + "IPRanges") instanceof String value) {
        ranges.put(direction, list(value, false));
      }
    }
    put(spec, "ports", ports);
    put(spec, "ranges", ranges);
  }

  private static void put(Map<String, Object> spec, String field, Map<String, Object> value) {
    if (!value.isEmpty()) {
      spec.put(field, Map.copyOf(value));
    }
  }

  /** Items of a list as Istio writes them; what is no number stays a text, and is told as wrong. */
  private static Object list(String text, boolean numbers) {
    if (text.equals("*")) {
      return text;
    }
    return Stream.of(text.split(",", -1))
        .filter(item -> !text.isEmpty())
        .map(item ->
            numbers && item.matches("[0-9]{1,5}") ? (Object) Long.valueOf(item) : (Object) item)
        .toList();
  }

  private static List<String> others(Map<String, Object> annotations) {
    return annotations.keySet().stream()
        .filter(name -> name.startsWith(SIDECAR) || name.startsWith(TRAFFIC))
        .filter(name -> !RESOURCES.containsKey(name) && !name.equals(SIDECAR + "logLevel"))
        .filter(name ->
            DIRECTIONS.stream().noneMatch(direction -> name.startsWith(TRAFFIC + direction)))
        .sorted()
        .toList();
  }
}

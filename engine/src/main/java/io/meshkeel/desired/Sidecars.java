package io.meshkeel.desired;

import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.NamespaceSidecar;
import io.meshkeel.model.ServicePort;
import io.meshkeel.model.WorkloadSidecar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Renders what is ours of namespaces, workloads and Services: labels and annotations of Istio's own
 * ({@code istio.io/api}, {@code label/labels.yaml} and {@code annotation/annotations.yaml}).
 */
final class Sidecars {
  /** Label by which istiod's webhook of the revision {@code default} chooses. */
  static final String INJECTION = "istio-injection";

  /** Label by which istiod's webhook of any revision chooses. */
  static final String REVISION = "istio.io/rev";

  /** Label of the root namespace that names the network of its cluster. */
  static final String NETWORK = "topology.istio.io/network";

  private static final JsonPath LABELS = JsonPath.of("metadata", "labels");

  private final Mesh mesh;
  private final ApplySet applySet;

  Sidecars(Mesh mesh, ApplySet applySet) {
    this.mesh = mesh;
    this.applySet = applySet;
  }

  List<DesiredObject> namespaces(NamespaceSidecar sidecar) {
    String revision = sidecar.revision().orElse(mesh.spec().revision());
    Map<String, Object> labels = new HashMap<>();
    switch (sidecar.injection()) {
      case ENABLED -> {
        if (revision.equals("default")) {
          labels.put(INJECTION, "enabled");
        } else {
          labels.put(REVISION, revision);
        }
      }
      case DISABLED -> labels.put(INJECTION, "disabled");
      case UNSET -> {}
    }
    Set<JsonPath> absent = new HashSet<>();
    for (String label : List.of(INJECTION, REVISION)) {
      if (!labels.containsKey(label)) {
        absent.add(LABELS.field(label));
      }
    }
    List<DesiredObject> namespaces = new ArrayList<>();
    for (String name : sidecar.namespaces()) {
      namespaces.add(
          Rendering.shared(
              object("v1", "Namespace", Map.of("name", name, "labels", labels), Map.of()),
              sidecar.declaration(),
              applySet,
              new Ownership.Shared(absent, true, "")));
    }
    return namespaces;
  }

  DesiredObject workload(WorkloadSidecar sidecar) {
    WorkloadTemplate template = WorkloadTemplate.of(sidecar);
    Map<String, Object> metadata = new HashMap<>();
    if (!template.labels().isEmpty()) {
      metadata.put("labels", template.labels());
    }
    if (!template.annotations().isEmpty()) {
      metadata.put("annotations", template.annotations());
    }
    WorkloadSidecar.Workload workload = sidecar.workload();
    return Rendering.shared(
        object(
            "apps/v1",
            workload.kind(),
            Map.of("name", workload.name(), "namespace", workload.namespace()),
            Map.of("template", Map.of("metadata", metadata))),
        sidecar.declaration(),
        applySet,
        new Ownership.Shared(
            Set.of(),
            false,
            sidecar.restart() == WorkloadSidecar.Restart.NEVER
                ? "it would restart the workload, and the declaration says restart: Never"
                : ""));
  }

  DesiredObject servicePort(ServicePort port) {
    List<Map<String, Object>> ports = new ArrayList<>();
    for (ServicePort.Port each : port.ports()) {
      ports.add(Map.of("port", each.port(), "protocol", "TCP", "appProtocol", each.appProtocol()));
    }
    return Rendering.shared(
        object(
            "v1",
            "Service",
            Map.of("name", port.service(), "namespace", port.namespace()),
            Map.of("ports", ports)),
        port.declaration(),
        applySet,
        new Ownership.Shared(Set.of(), false, ""));
  }

  static Map<String, Object> object(
      String apiVersion, String kind, Map<String, Object> metadata, Map<String, Object> spec) {
    Map<String, Object> object = new HashMap<>();
    object.put("apiVersion", apiVersion);
    object.put("kind", kind);
    object.put("metadata", metadata);
    if (!spec.isEmpty()) {
      object.put("spec", spec);
    }
    return object;
  }
}

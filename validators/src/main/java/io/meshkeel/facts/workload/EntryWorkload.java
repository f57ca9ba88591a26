package io.meshkeel.facts.workload;

import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A WorkloadEntry as a workload: {@code ConvertWorkloadEntry} in {@code
 * pilot/pkg/serviceregistry/serviceentry/conversion.go} of istio/istio, release 1.31.
 */
final class EntryWorkload {
  private EntryWorkload() {}

  static Workload of(WorkloadKey key, Manifest manifest) {
    Map<String, Object> spec = manifest.spec();
    Map<String, String> labels = new HashMap<>(Labels.of(JsonTree.map(spec, "labels")));
    labels.putAll(Labels.of(manifest.labels()));
    Map<String, String> annotations = Labels.of(manifest.annotations());
    List<WorkloadPort> ports = new ArrayList<>();
    JsonTree.map(spec, "ports")
        .forEach((name, number) -> {
          if (number instanceof Long value) {
            ports.add(new WorkloadPort(name, value, "TCP"));
          }
        });
    ports.sort((one, other) -> one.name().compareTo(other.name()));
    PodShape shape =
        new PodShape(
            labels,
            annotations,
            JsonTree.string(spec, "serviceAccount", ""),
            false,
            ports,
            proxy(labels, annotations),
            false);
    return new Workload(
        key,
        shape,
        true,
        List.of(),
        Optional.of(
            new Workload.Outside(
                JsonTree.string(spec, "address", ""),
                JsonTree.string(spec, "network", ""),
                JsonTree.string(spec, "locality", ""))));
  }

  /** Told by the label that istiod reads for mTLS, and by what its own registration leaves. */
  private static Optional<Proxy> proxy(
      Map<String, String> labels, Map<String, String> annotations) {
    boolean proxied =
        labels.getOrDefault("security.istio.io/tlsMode", "").equals("istio")
            || annotations.containsKey("istio.io/autoRegistrationGroup");
    return proxied
        ? Optional.of(
            new Proxy(
                Proxy.Role.SIDECAR, false, false, labels.getOrDefault("istio.io/rev", ""), ""))
        : Optional.empty();
  }
}

package io.meshkeel.desired;

import io.meshkeel.model.ProxyResources;
import io.meshkeel.model.WorkloadSidecar;
import java.util.HashMap;
import java.util.Map;

/**
 * What a WorkloadSidecar puts into a pod template, after {@code istio.io/api}, {@code
 * label/labels.yaml} and {@code annotation/annotations.yaml}.
 *
 * @param labels by name
 * @param annotations by name
 */
public record WorkloadTemplate(Map<String, Object> labels, Map<String, Object> annotations) {
  private static final String SIDECAR = "sidecar.istio.io/";
  private static final String TRAFFIC = "traffic.sidecar.istio.io/";

  public WorkloadTemplate {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /** Of this declaration. */
  public static WorkloadTemplate of(WorkloadSidecar sidecar) {
    Map<String, Object> labels = new HashMap<>();
    sidecar.inject().ifPresent(on -> labels.put(SIDECAR + "inject", on.toString()));
    Map<String, Object> annotations = new HashMap<>();
    ProxyResources resources = sidecar.resources();
    resources.cpu().ifPresent(value -> annotations.put(SIDECAR + "proxyCPU", value));
    resources.memory().ifPresent(value -> annotations.put(SIDECAR + "proxyMemory", value));
    resources.cpuLimit().ifPresent(value -> annotations.put(SIDECAR + "proxyCPULimit", value));
    resources
        .memoryLimit()
        .ifPresent(value -> annotations.put(SIDECAR + "proxyMemoryLimit", value));
    sidecar.logLevel().ifPresent(value -> annotations.put(SIDECAR + "logLevel", value));
    sidecar.traffic().forEach((name, value) -> annotations.put(TRAFFIC + name, value));
    return new WorkloadTemplate(labels, annotations);
  }

  /** Whether a pod template with these labels and annotations has all of it. */
  public boolean in(Map<String, ?> thereLabels, Map<String, ?> thereAnnotations) {
    return thereLabels.entrySet().containsAll(labels.entrySet())
        && thereAnnotations.entrySet().containsAll(annotations.entrySet());
  }
}

package io.meshkeel.facts;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonTree;
import java.util.Map;

/**
 * A Sidecar or Telemetry: the default of its namespace, or for some workloads.
 *
 * @param wholeNamespace it selects nothing: {@code initSidecarScopes} in {@code
 *     pilot/pkg/model/push_context.go} and {@code namespaceWideTelemetryConfig} in {@code
 *     pilot/pkg/model/telemetry.go} of istio/istio, release 1.31
 */
public record NamespaceDefaultView(Declaration declaration, boolean wholeNamespace)
    implements ObjectView {
  static NamespaceDefaultView ofSidecar(Declaration declaration) {
    Map<String, Object> spec = declaration.manifest().spec();
    return new NamespaceDefaultView(
        declaration, JsonTree.map(JsonTree.map(spec, "workloadSelector"), "labels").isEmpty());
  }

  static NamespaceDefaultView ofTelemetry(Declaration declaration) {
    Map<String, Object> spec = declaration.manifest().spec();
    return new NamespaceDefaultView(
        declaration,
        JsonTree.map(JsonTree.map(spec, "selector"), "matchLabels").isEmpty()
            && JsonTree.map(spec, "targetRef").isEmpty()
            && JsonTree.maps(spec, "targetRefs").isEmpty());
  }
}

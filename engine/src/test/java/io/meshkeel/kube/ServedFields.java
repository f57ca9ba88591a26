package io.meshkeel.kube;

import io.meshkeel.model.GroupKind;
import io.meshkeel.policy.schema.PublishedSchemas;
import io.meshkeel.policy.schema.ServedSchemas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Clusters that serve few fields, for tests. */
public final class ServedFields {
  private ServedFields() {}

  /** A kind of {@code networking.istio.io/v1} whose spec has these fields, of any content. */
  public static ServedSchemas of(String kind, String... fields) {
    Map<String, Object> spec = new HashMap<>();
    for (String field : fields) {
      spec.put(field, Map.of("x-kubernetes-preserve-unknown-fields", true));
    }
    Map<String, Object> schema =
        Map.of(
            "type",
            "object",
            "properties",
            Map.of("spec", Map.of("type", "object", "properties", spec)),
            "x-kubernetes-group-version-kind",
            List.of(Map.of("group", "networking.istio.io", "kind", kind, "version", "v1")));
    String apiVersion = "networking.istio.io/v1";
    return ServedSchemas.of(
        Map.of(new GroupKind("networking.istio.io", kind), List.of("v1")),
        Map.of(
            apiVersion,
            new ServedSchemas.Published(
                "/openapi/v3/apis/" + apiVersion,
                PublishedSchemas.of(
                    Map.of("components", Map.of("schemas", Map.of(kind, schema)))))),
        Set.of(apiVersion));
  }
}

package io.meshkeel.imports;

import io.meshkeel.model.ClusterName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts declarations of Meshkeel's own kinds together. */
final class OwnDraft {
  private OwnDraft() {}

  static Map<String, Object> document(String kind, String name, Map<String, Object> spec) {
    return Map.of(
        "apiVersion",
        "meshkeel.io/v1alpha1",
        "kind",
        kind,
        "metadata",
        Map.of("name", name),
        "spec",
        spec);
  }

  /** The same spec for these clusters only; all need not be said. */
  static Map<String, Object> chosen(
      Map<String, Object> spec, Footing footing, List<ClusterName> clusters) {
    if (footing.isAll(clusters)) {
      return spec;
    }
    Map<String, Object> chosen = new HashMap<>(spec);
    chosen.put("clusters", clusters.stream().map(ClusterName::value).toList());
    return chosen;
  }

  static Draft.Part part(
      Map<String, Object> document, List<ClusterName> clusters, List<String> comments) {
    return new Draft.Part(
        document, comments, ImportEntry.Sort.RECOGNISED, clusters, "as " + document.get("kind"));
  }

  static String names(List<ClusterName> clusters) {
    return clusters.stream().map(ClusterName::value).collect(Collectors.joining(", "));
  }
}

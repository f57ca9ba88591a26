package io.meshkeel.imports;

import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ResourceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Istio's injection labels of namespaces, as {@code NamespaceSidecar}. */
final class NamespaceLabels extends Recogniser {
  static final String INJECTION = "istio-injection";
  static final String REVISION = "istio.io/rev";

  NamespaceLabels(
      ImportRequest request, Footing footing, Names names, Consumer<ImportEntry> report) {
    super(request, footing, names, report);
  }

  @Override
  String kind() {
    return "NamespaceSidecar";
  }

  @Override
  String folder() {
    return "namespaces/";
  }

  @Override
  String name(ResourceKey key) {
    return key.name();
  }

  /** Both labels at once, or another word, is found too: the plan of it tells the difference. */
  @Override
  Optional<Found> find(Manifest namespace) {
    String name = namespace.key().name();
    if (SYSTEM.contains(name)
        || name.equals(footing.rootNamespace())
        || name.equals("meshkeel-system")) {
      return Optional.empty();
    }
    String injection = JsonTree.string(namespace.labels(), INJECTION, "");
    String revision = JsonTree.string(namespace.labels(), REVISION, "");
    if (injection.isEmpty() && revision.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> spec = new HashMap<>();
    spec.put("namespaces", List.of(name));
    spec.put("injection", injection.equals("disabled") ? "Disabled" : "Enabled");
    String chosen = revision.isEmpty() ? "default" : revision;
    if (!injection.equals("disabled") && !chosen.equals(footing.revision())) {
      spec.put("revision", chosen);
    }
    return Optional.of(new Found(Map.copyOf(spec), List.of()));
  }
}

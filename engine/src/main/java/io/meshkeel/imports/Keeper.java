package io.meshkeel.imports;

import io.meshkeel.desired.ApplySet;
import io.meshkeel.desired.Labels;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells by whom an object is managed, from what these tools write on the objects they apply: Helm
 * ({@code pkg/action/validate.go}), Argo CD (resource tracking), Flux (labels of its kustomize and
 * helm controllers), kapp, Rancher, cli-utils, Istio's operator and istiod.
 */
final class Keeper {
  private static final Map<String, String> LABELS = new LinkedHashMap<>();
  private static final Map<String, String> ANNOTATIONS = new LinkedHashMap<>();
  private static final GroupKind GATEWAY_CLASS =
      new GroupKind("gateway.networking.k8s.io", "GatewayClass");

  static {
    ANNOTATIONS.put("meta.helm.sh/release-name", "Helm, release ");
    ANNOTATIONS.put("argocd.argoproj.io/tracking-id", "Argo CD, ");
    ANNOTATIONS.put("config.k8s.io/owning-inventory", "an inventory of cli-utils, ");
    LABELS.put("argocd.argoproj.io/instance", "Argo CD, application ");
    LABELS.put("kustomize.toolkit.fluxcd.io/name", "Flux, Kustomization ");
    LABELS.put("helm.toolkit.fluxcd.io/name", "Flux, HelmRelease ");
    LABELS.put("kapp.k14s.io/app", "kapp, app ");
    LABELS.put("objectset.rio.cattle.io/hash", "Rancher, object set ");
    LABELS.put("install.operator.istio.io/owning-resource", "Istio's installation, ");
    LABELS.put("operator.istio.io/component", "Istio's installation, component ");
    LABELS.put("gateway.istio.io/managed", "istiod, ");
  }

  /** What is taken off an object that is written though it is managed: it would be untrue. */
  private static final Set<String> MARKS =
      Set.of("helm.sh/chart", "meta.helm.sh/release-name", "meta.helm.sh/release-namespace");

  private static final List<String> MARK_DOMAINS =
      List.of("argocd.argoproj.io/", "kustomize.toolkit.fluxcd.io/", "helm.toolkit.fluxcd.io/");

  private Keeper() {}

  /** Who manages it, for a report; empty if nobody does, or we do. */
  static Optional<String> of(Manifest object, MeshName mesh) {
    Map<String, Object> labels = object.labels();
    String set = JsonTree.string(labels, Labels.PART_OF, "");
    if (!set.isEmpty()) {
      return set.equals(ApplySet.of(mesh).id())
          ? Optional.empty()
          : Optional.of("another ApplySet, " + set);
    }
    for (Map<String, Object> owner : JsonTree.maps(object.metadata(), "ownerReferences")) {
      return Optional.of(
          "its owner, "
              + JsonTree.string(owner, "kind", "?")
              + " "
              + JsonTree.string(owner, "name", "?"));
    }
    Optional<String> told =
        told(ANNOTATIONS, object.annotations()).or(() -> told(LABELS, object.labels()));
    if (told.isPresent()) {
      return told;
    }
    if (object.key().groupKind().equals(GATEWAY_CLASS)
        && JsonTree.string(object.spec(), "controllerName", "").startsWith("istio.io/")) {
      return Optional.of("istiod, which makes its own classes");
    }
    String manager = JsonTree.string(labels, Labels.MANAGED_BY, "");
    return manager.isEmpty() || manager.equals(Labels.MANAGER)
        ? Optional.empty()
        : Optional.of(manager + ", by the label " + Labels.MANAGED_BY);
  }

  /** Whether nobody may take it over, whatever is asked for. */
  static boolean isOtherSet(Manifest object, MeshName mesh) {
    String set = JsonTree.string(object.labels(), Labels.PART_OF, "");
    return !set.isEmpty() && !set.equals(ApplySet.of(mesh).id());
  }

  private static Optional<String> told(Map<String, String> marks, Map<String, Object> names) {
    for (Map.Entry<String, String> mark : marks.entrySet()) {
      if (names.get(mark.getKey()) instanceof String value) {
        return Optional.of(mark.getValue() + value);
      }
    }
    return Optional.empty();
  }

  /** Whether a label or an annotation says that another tool manages the object. */
  static boolean isMark(String name) {
    return MARKS.contains(name) || MARK_DOMAINS.stream().anyMatch(name::startsWith);
  }
}

package io.meshkeel.live;

import io.meshkeel.desired.ApplySet;
import io.meshkeel.kube.KindScope;
import io.meshkeel.kube.Kinds;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What is listed and watched of a cluster. */
final class Scopes {
  private Scopes() {}

  /**
   * @param namespaces only these; empty for the whole cluster
   */
  static List<KindScope> of(MeshName mesh, List<String> namespaces) {
    List<KindScope> scopes = new ArrayList<>();
    TreeSet<GroupKind> kinds = new TreeSet<>(Kinds.LISTED);
    kinds.remove(Kinds.CONFIG_MAP);
    for (GroupKind kind : kinds) {
      if (namespaces.isEmpty()) {
        scopes.add(KindScope.all(kind));
      } else if (!Kinds.clusterScoped(kind)) {
        for (String namespace : namespaces) {
          scopes.add(new KindScope(kind, namespace, ""));
        }
      }
    }
    ResourceKey parent = ApplySet.of(mesh).parent();
    scopes.add(new KindScope(Kinds.CONFIG_MAP, parent.namespace(), parent.name()));
    return scopes;
  }

  static boolean covers(KindScope scope, ResourceKey key) {
    return scope.kind().kind().equals(key.kind())
        && scope.kind().group().equals(key.group())
        && (scope.namespace().isEmpty() || scope.namespace().equals(key.namespace()))
        && (scope.name().isEmpty() || scope.name().equals(key.name()));
  }
}

package io.meshkeel.facts.joined;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;

/** The ReferenceGrants of a mesh: who may refer to what of another namespace. */
final class ReferenceGrants {
  private static final GroupKind GRANT =
      new GroupKind("gateway.networking.k8s.io", "ReferenceGrant");

  private final JoinedMesh mesh;

  ReferenceGrants(JoinedMesh mesh) {
    this.mesh = mesh;
  }

  /**
   * Whether an object may refer to another.
   *
   * @param from the object that refers
   * @param namespace of what it refers to
   * @param group of that; empty for the core group
   */
  boolean let(Manifest from, String namespace, String group, String kind, String name) {
    return namespace.equals(from.key().namespace())
        || mesh.configured(GRANT).stream()
            .filter(grant -> grant.key().namespace().equals(namespace))
            .anyMatch(grant -> isFrom(grant, from) && isTo(grant, group, kind, name));
  }

  private static boolean isFrom(Manifest grant, Manifest from) {
    return JsonTree.maps(grant.spec(), "from").stream()
        .anyMatch(one ->
            from.key().group().equals(one.get("group"))
                && from.key().kind().equals(one.get("kind"))
                && from.key().namespace().equals(one.get("namespace")));
  }

  private static boolean isTo(Manifest grant, String group, String kind, String name) {
    return JsonTree.maps(grant.spec(), "to").stream()
        .anyMatch(one ->
            JsonTree.string(one, "group", "").equals(group)
                && kind.equals(one.get("kind"))
                && JsonTree.string(one, "name", name).equals(name));
  }
}

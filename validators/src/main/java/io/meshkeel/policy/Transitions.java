package io.meshkeel.policy;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Snapshot;
import io.meshkeel.policy.schema.SchemaCheck;
import io.meshkeel.policy.schema.SchemaViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the definitions' rules about a change ({@code oldSelf}) find: asked, as the API server does,
 * about an object that the former revision of the mesh declares too.
 */
final class Transitions {
  private static final String CLUSTERS = "meshkeel.io/clusters";

  private Transitions() {}

  /**
   * Findings and those about the change.
   *
   * @param before asked only if the mesh has an object of a kind with such a rule
   */
  static List<Finding> with(
      List<Finding> findings, MeshDeclarations mesh, Snapshot snapshot, Before before)
      throws PolicyException {
    SchemaCheck check = SchemaCheck.of(mesh.mesh().spec().istioVersion());
    List<Declaration> objects =
        mesh.objects().stream()
            .filter(object -> check.hasTransitionRules(object.manifest()))
            .toList();
    if (objects.isEmpty()) {
      return findings;
    }
    Optional<MeshDeclarations> former = before.former().get().map(Before.Former::mesh);
    List<Finding> all = new ArrayList<>(findings);
    Places places = new Places(snapshot);
    for (Declaration object : objects) {
      Optional<Manifest> old = former.flatMap(then -> same(object.manifest(), then));
      if (old.isPresent() && !old.get().content().equals(object.manifest().content())) {
        List<SchemaViolation> broken = new ArrayList<>(check.check(object.manifest(), old));
        broken.removeAll(check.check(object.manifest()));
        all.addAll(places.ofSchema(object, broken));
      }
    }
    return all;
  }

  /** The object as it was; by its name alone where it was declared for other clusters. */
  private static Optional<Manifest> same(Manifest manifest, MeshDeclarations former) {
    List<Manifest> named =
        former.objects().stream()
            .map(Declaration::manifest)
            .filter(old -> old.key().equals(manifest.key()))
            .toList();
    return named.stream()
        .filter(old ->
            Objects.equals(old.annotations().get(CLUSTERS), manifest.annotations().get(CLUSTERS)))
        .findFirst()
        .or(() -> named.stream().findFirst());
  }
}

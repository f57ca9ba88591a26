package io.meshkeel.desired;

import io.meshkeel.declaration.LeftToOthers;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.FieldPattern;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One object as it should be: the same in every cluster that holds it. A declaration that didn't
 * change yields the same instance again, so two states are compared by identity.
 *
 * @param manifest what is sent: the declaration with our labels, without our annotations
 * @param origin where it comes from
 * @param references what it needs to exist before it
 * @param hosts full DNS names that it is about (DestinationRule, ServiceEntry)
 * @param ownership whose the object is
 */
public record DesiredObject(
    Manifest manifest,
    Declaration origin,
    Set<Reference> references,
    Set<String> hosts,
    Ownership ownership) {
  public DesiredObject {
    references = Set.copyOf(references);
    hosts = Set.copyOf(hosts);
  }

  /** An object of ours. */
  public DesiredObject(
      Manifest manifest, Declaration origin, Set<Reference> references, Set<String> hosts) {
    this(manifest, origin, references, hosts, Ownership.OURS);
  }

  public ResourceKey key() {
    return manifest.key();
  }

  /** Whether the declaration says to take over an object that exists and isn't ours. */
  public boolean adopts() {
    return "true".equals(origin.manifest().annotations().get(Labels.ADOPT));
  }

  /** The fields that the declaration leaves to others. */
  public List<FieldPattern> leftToOthers() {
    return origin.manifest().annotations().get(Labels.IGNORE) instanceof String value
        ? LeftToOthers.parse(value)
        : List.of();
  }

  /** What the declaration itself says about drift; empty: what the mesh says. */
  public Optional<Mesh.DriftMode> drift() {
    Object word = origin.manifest().annotations().get(Labels.DRIFT);
    for (Mesh.DriftMode mode : Mesh.DriftMode.values()) {
      if (mode.word().equals(word)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }
}

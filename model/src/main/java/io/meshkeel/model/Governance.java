package io.meshkeel.model;

import java.util.List;

/**
 * How a repository wants its meshes to be judged and findings to be taken.
 *
 * @param settings of {@code policies/config.yaml}
 * @param waivers of {@code waivers/}, by name
 * @param policies the repository's own rules
 */
public record Governance(PolicySettings settings, List<Waiver> waivers, PolicyFiles policies) {
  /** No settings, no waivers, no rules. */
  public static final Governance NONE = new Governance(PolicySettings.DEFAULT, List.of());

  public Governance {
    waivers = List.copyOf(waivers);
  }

  /** Without rules of its own. */
  public Governance(PolicySettings settings, List<Waiver> waivers) {
    this(settings, waivers, PolicyFiles.NONE);
  }
}

package io.meshkeel.model;

import java.util.List;

/**
 * How a repository wants its findings to be taken.
 *
 * @param settings of {@code policies/config.yaml}
 * @param waivers of {@code waivers/}, by name
 */
public record Governance(PolicySettings settings, List<Waiver> waivers) {
  /** No settings and no waivers. */
  public static final Governance NONE = new Governance(PolicySettings.DEFAULT, List.of());

  public Governance {
    waivers = List.copyOf(waivers);
  }
}

package io.meshkeel.facts.security;

import io.meshkeel.model.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mTLS mode of a workload.
 *
 * @param whole of all ports that {@code ports} doesn't name
 * @param ports by the workload's own port number, not the Service's
 */
public record EffectiveMtls(Decided whole, Map<Long, Decided> ports) {
  /**
   * A mode and what decides it.
   *
   * @param mode the mode
   * @param by the PeerAuthentication; empty for Istio's own default
   * @param path of the field in it
   */
  public record Decided(MtlsMode mode, Optional<ResourceKey> by, List<Object> path) {
    static final Decided DEFAULT = new Decided(MtlsMode.PERMISSIVE, Optional.empty(), List.of());

    public Decided {
      path = List.copyOf(path);
    }
  }

  public EffectiveMtls {
    ports = Map.copyOf(ports);
  }

  /**
   * Of one port: {@code GetMutualTLSModeForPort} in {@code
   * pilot/pkg/security/authn/policy_applier.go}.
   */
  public Decided of(long port) {
    return ports.getOrDefault(port, whole);
  }
}

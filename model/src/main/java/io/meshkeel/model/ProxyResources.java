package io.meshkeel.model;

import java.util.Optional;

/**
 * What a proxy asks for and may use at most, as Kubernetes quantities, for example {@code 100m} and
 * {@code 128Mi}; what is empty is left to Istio's defaults.
 */
public record ProxyResources(
    Optional<String> cpu,
    Optional<String> memory,
    Optional<String> cpuLimit,
    Optional<String> memoryLimit) {
  /** Nothing is said. */
  public static final ProxyResources NONE =
      new ProxyResources(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}

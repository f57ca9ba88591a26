package io.meshkeel.facts.security;

import java.util.Optional;

/** What a server proxy takes: {@code PeerAuthentication.MutualTLS.Mode} of istio/api. */
public enum MtlsMode {
  /** Plain text only. */
  DISABLE,
  /** Both. */
  PERMISSIVE,
  /** Mutual TLS only. */
  STRICT;

  /** Empty for {@code UNSET}, which is inherited, and for a word that Istio doesn't know. */
  static Optional<MtlsMode> of(String word) {
    for (MtlsMode mode : values()) {
      if (mode.name().equals(word)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }
}

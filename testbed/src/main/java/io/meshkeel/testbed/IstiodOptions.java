package io.meshkeel.testbed;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How istiod is to run.
 *
 * @param settings further environment variables, such as {@code PILOT_DEBOUNCE_AFTER}
 * @param mesh further lines of the mesh configuration, in YAML
 * @param webhooks what makes istiod inject, validate and sign certificates; null for an istiod that
 *     only steers
 */
public record IstiodOptions(
    Map<String, String> settings, String mesh, @Nullable IstioWebhooks webhooks) {
  /** An istiod without certificate authority, injection and validation. */
  public static final IstiodOptions PLAIN = new IstiodOptions(Map.of(), "", null);

  public IstiodOptions {
    settings = Map.copyOf(settings);
  }

  /** The same with an environment variable. */
  public IstiodOptions with(String variable, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(variable, value);
    return new IstiodOptions(more, mesh, webhooks);
  }

  /** The same with more of the mesh configuration. */
  public IstiodOptions withMesh(String yaml) {
    return new IstiodOptions(settings, mesh + yaml + "\n", webhooks);
  }

  /** The same with injection, validation and certificates. */
  public IstiodOptions with(IstioWebhooks chosen) {
    return new IstiodOptions(settings, mesh, chosen);
  }
}

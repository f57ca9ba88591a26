package io.meshkeel.policy.admission;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The types that the value of an EnvoyFilter's patch names by {@code @type}: {@code
 * BuildXDSObjectFromStruct} in {@code pkg/config/xds/xds.go} of istio/istio fails where istiod
 * doesn't know one, and passes over fields that it doesn't know. What it knows is what {@code
 * pkg/config/xds/filter_types.gen.go} brings in, here that of releases 1.29 to 1.31 together. Which
 * messages a package has, and whether fields have the right types, is left to istiod.
 */
final class EnvoyTypes {
  private static final String LIST = "envoy-extensions.txt";
  private static final String EXTENSIONS = "envoy.extensions.";

  /** First words of the names of other types that istiod has. */
  private static final Set<String> ROOTS =
      Set.of(
          "envoy",
          "google",
          "udpa",
          "xds",
          "istio",
          "stats",
          "validate",
          "opencensus",
          "opentelemetry",
          "io",
          "cel",
          "dev",
          "k8s",
          "grpc");

  /** Envoy's former interface: its packages end so. */
  private static final Pattern FORMER = Pattern.compile("envoy\\..*\\.v2(alpha[0-9]*)?");

  /** Fields that hold a value of a named type. */
  private static final Set<String> TYPED = Set.of("typed_config", "typedConfig");

  /** Fields that hold such values by name. */
  private static final Set<String> TYPED_BY_NAME =
      Set.of(
          "typed_per_filter_config",
          "typedPerFilterConfig",
          "typed_extension_protocol_options",
          "typedExtensionProtocolOptions");

  /** Fields without any types. */
  private static final Set<String> FREE =
      Set.of("metadata", "filter_metadata", "filterMetadata", "config");

  private static final Set<String> PACKAGES = packages();

  private EnvoyTypes() {}

  private static Set<String> packages() {
    try (InputStream in = EnvoyTypes.class.getResourceAsStream(LIST)) {
      if (in == null) {
        throw new IllegalStateException("the distribution lacks " + LIST);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks at a value and all in it. */
  static void check(Node value, Refusals refusals) {
    for (Node child : value.each()) {
      String name = child.key();
      if (TYPED.contains(name)) {
        typed(child, refusals);
      } else if (TYPED_BY_NAME.contains(name)) {
        child.each().forEach(each -> typed(each, refusals));
      } else if (!FREE.contains(name)) {
        check(child, refusals);
      }
    }
  }

  private static void typed(Node value, Refusals refusals) {
    if (!value.is()) {
      return;
    }
    if (!value.has("@type")) {
      refusals.add(
          value, "a typed value needs its type", "write '@type': type.googleapis.com/envoy...");
      return;
    }
    Node at = value.at("@type");
    String type = at.text().substring(at.text().lastIndexOf('/') + 1);
    String home = type.substring(0, Math.max(0, type.lastIndexOf('.')));
    if (FORMER.matcher(home).matches()) {
      refusals.value(
          at,
          "is a type of Envoy's former interface, which istiod doesn't know",
          "write the type of version 3, such as envoy.extensions.filters.http.lua.v3.Lua");
    } else if (!isKnown(type, home)) {
      refusals.value(at, "is a type that istiod doesn't know", "correct the name of the type");
    } else if (!type.endsWith(".TypedStruct")) {
      check(value, refusals);
    }
  }

  private static boolean isKnown(String type, String home) {
    return home.startsWith(EXTENSIONS)
        ? PACKAGES.contains(home)
        : !home.isEmpty() && ROOTS.contains(type.substring(0, type.indexOf('.')));
  }
}

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
 * doesn't know one. What it knows is what {@code pkg/config/xds/filter_types.gen.go} brings in,
 * here that of releases 1.29 to 1.31 together. Of packages that {@link EnvoyMessages} has the
 * messages are known by name; what a message holds is looked at by {@link EnvoyValues}, and here
 * where its fields aren't known.
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
    if (value.is() && names(value, refusals) && !nameOf(value).endsWith(".TypedStruct")) {
      check(value, refusals);
    }
  }

  /** The type that a value names. */
  static String nameOf(Node value) {
    String text = value.text("@type");
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /** Whether a value names a type that istiod knows; if it names one that it doesn't, refuses. */
  static boolean names(Node value, Refusals refusals) {
    if (!value.has("@type")) {
      refusals.add(
          value, "a typed value needs its type", "write '@type': type.googleapis.com/envoy...");
      return false;
    }
    Node at = value.at("@type");
    String type = nameOf(value);
    String home = type.substring(0, Math.max(0, type.lastIndexOf('.')));
    if (FORMER.matcher(home).matches()) {
      refusals.value(
          at,
          "is a type of Envoy's former interface, which istiod doesn't know",
          "write the type of version 3, such as envoy.extensions.filters.http.lua.v3.Lua");
    } else if (!isKnown(type, home)) {
      refusals.value(at, "is a type that istiod doesn't know", "correct the name of the type");
    } else {
      return true;
    }
    return false;
  }

  private static boolean isKnown(String type, String home) {
    if (EnvoyMessages.shared().hasPackage(home)) {
      return EnvoyMessages.shared().has(type);
    }
    return home.startsWith(EXTENSIONS)
        ? PACKAGES.contains(home)
        : !home.isEmpty() && ROOTS.contains(type.substring(0, type.indexOf('.')));
  }
}

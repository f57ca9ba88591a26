package io.meshkeel.policy.admission;

import io.meshkeel.policy.admission.EnvoyMessages.Field;
import io.meshkeel.policy.admission.EnvoyMessages.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the value of an EnvoyFilter's patch can be read as the message that it is merged into or
 * put beside: {@code BuildXDSObjectFromStruct} in {@code pkg/config/xds/xds.go} of istio/istio,
 * which reads it as the JSON form of protobuf and passes over fields that it doesn't know.
 */
final class EnvoyValues {
  private static final Map<String, String> MESSAGES =
      Map.ofEntries(
          Map.entry("CLUSTER", "envoy.config.cluster.v3.Cluster"),
          Map.entry("LISTENER", "envoy.config.listener.v3.Listener"),
          Map.entry("ROUTE_CONFIGURATION", "envoy.config.route.v3.RouteConfiguration"),
          Map.entry("FILTER_CHAIN", "envoy.config.listener.v3.FilterChain"),
          Map.entry(
              "HTTP_FILTER",
              "envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter"),
          Map.entry("NETWORK_FILTER", "envoy.config.listener.v3.Filter"),
          Map.entry("VIRTUAL_HOST", "envoy.config.route.v3.VirtualHost"),
          Map.entry("HTTP_ROUTE", "envoy.config.route.v3.Route"),
          Map.entry("EXTENSION_CONFIG", "envoy.config.core.v3.TypedExtensionConfig"),
          Map.entry("BOOTSTRAP", "envoy.config.bootstrap.v3.Bootstrap"),
          Map.entry("LISTENER_FILTER", "envoy.config.listener.v3.ListenerFilter"));

  /** Those of protobuf that are written as a single value. */
  private static final Map<String, String> WRAPPERS =
      Map.of(
          "google.protobuf.StringValue", "s",
          "google.protobuf.BoolValue", "b",
          "google.protobuf.BytesValue", "y",
          "google.protobuf.Int32Value", "i",
          "google.protobuf.UInt32Value", "u",
          "google.protobuf.Int64Value", "l",
          "google.protobuf.UInt64Value", "v",
          "google.protobuf.FloatValue", "d",
          "google.protobuf.DoubleValue", "d");

  private final EnvoyMessages messages = EnvoyMessages.shared();
  private final Refusals refusals;

  private EnvoyValues(Refusals refusals) {
    this.refusals = refusals;
  }

  /** Looks at the value of a patch. */
  static void check(String applyTo, Node value, Refusals refusals) {
    String message = MESSAGES.get(applyTo);
    if (message == null) {
      EnvoyTypes.check(value, refusals);
    } else if (value.is()) {
      new EnvoyValues(refusals).fields(value, message);
    }
  }

  private void fields(Node value, String message) {
    Map<String, Field> fields = messages.fields(message);
    if (fields == null) {
      EnvoyTypes.check(value, refusals);
      return;
    }
    Map<String, String> taken = new HashMap<>();
    for (Node child : value.each()) {
      Field field = fields.get(child.key());
      if (field == null || !child.is() && !isAnything(field)) {
        continue;
      }
      String place = field.oneof().isEmpty() ? field.name() : field.oneof();
      String other = taken.putIfAbsent(place, child.key());
      if (other != null) {
        refusals.add(
            child,
            "'" + other + "' and '" + child.key() + "' exclude each other",
            "write one of them");
      } else {
        field(child, field);
      }
    }
  }

  private static boolean isAnything(Field field) {
    return field.shape() == Shape.ONE && field.type().equals("google.protobuf.Value");
  }

  private void field(Node value, Field field) {
    switch (field.shape()) {
      case ONE -> one(value, field.type());
      case LIST -> {
        if (!(value.raw() instanceof List<?>)) {
          refuse(value, "a list");
        } else {
          value.each().forEach(item -> one(item, field.type()));
        }
      }
      case MAP -> {
        if (!(value.raw() instanceof Map<?, ?>)) {
          refuse(value, "a map");
        } else {
          value.each().forEach(item -> one(item, field.type()));
        }
      }
    }
  }

  private void one(Node value, String type) {
    if (type.length() == 1) {
      refuse(value, EnvoyScalars.wanted(value.raw(), type));
      return;
    }
    Set<String> words = messages.words(type);
    if (words != null) {
      refuse(value, EnvoyScalars.wanted(value.raw(), words));
      return;
    }
    String wrapped = WRAPPERS.get(type);
    if (wrapped != null) {
      refuse(value, EnvoyScalars.wanted(value.raw(), wrapped));
      return;
    }
    switch (type) {
      case "google.protobuf.Value" -> {}
      case "google.protobuf.Duration" -> refuse(value, EnvoyScalars.duration(value.raw()));
      case "google.protobuf.Timestamp", "google.protobuf.FieldMask" ->
          refuse(value, EnvoyScalars.wanted(value.raw(), "s"));
      case "google.protobuf.ListValue" ->
          refuse(value, value.raw() instanceof List<?> ? null : "a list");
      default -> {
        if (!(value.raw() instanceof Map<?, ?>)) {
          refuse(value, "a map");
        } else if (type.equals("google.protobuf.Any")) {
          any(value);
        } else if (!type.equals("google.protobuf.Struct")) {
          fields(value, type);
        }
      }
    }
  }

  private void any(Node value) {
    if (!EnvoyTypes.names(value, refusals)) {
      return;
    }
    String type = EnvoyTypes.nameOf(value);
    boolean single =
        WRAPPERS.containsKey(type)
            || type.equals("google.protobuf.Duration")
            || type.equals("google.protobuf.Struct")
            || type.equals("google.protobuf.Value");
    if (single && !value.has("value")) {
      refusals.add(
          value.at("value"), "a value of " + type + " stands in 'value'", "write it there");
    } else if (single) {
      one(value.at("value"), type);
    } else if (!single) {
      fields(value, type);
    }
  }

  private void refuse(Node at, @Nullable String wanted) {
    if (wanted != null) {
      refusals.add(
          at,
          "'" + at.name() + "' is not " + wanted,
          "write " + wanted + ", as Envoy's message has it");
    }
  }
}

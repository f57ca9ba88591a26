package io.meshkeel.corpus;

import static io.meshkeel.corpus.MutableTrees.cast;
import static io.meshkeel.corpus.MutableTrees.mutable;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What fields need beside them: the part of the CEL rules that an object must satisfy to be of any
 * use as an example. Rules that no table here knows are left to the API server.
 */
final class Companions {
  /** Content of a place that takes anything: every sort of JSON value. */
  static final Map<String, Object> ANYTHING =
      JsonTree.freeze(
          Map.of(
              "text",
              "a",
              "whole",
              9007199254740993L,
              "fraction",
              0.25,
              "tiny",
              1.0e-7,
              "round",
              3.0,
              "yes",
              true,
              "empty",
              Map.of(),
              "none",
              List.of(),
              "list",
              List.of(1, "b", List.of(), Map.of("c", false))));

  private final GroupKind kind;

  Companions(GroupKind kind) {
    this.kind = kind;
  }

  /** Whether a list that nothing is wanted of still needs an item. */
  boolean itemNeeded(SchemaNode list) {
    return list.rules().contains("self.size() > 0") && list.standard().isEmpty();
  }

  /**
   * Where a word chooses a field ({@code type: RequestMirror} and {@code requestMirror}), both are
   * there.
   */
  void unions(
      Map<String, SchemaNode> properties,
      List<String> path,
      @Nullable Object target,
      Map<String, Object> made,
      Function<SchemaNode, Object> make) {
    SchemaNode type = properties.get("type");
    if (type == null) {
      return;
    }
    Map<Object, String> fields = new HashMap<>();
    for (Object word : type.allowed()) {
      String field = field(word.toString(), properties.keySet());
      if (!field.isEmpty()) {
        fields.put(word, field);
      }
    }
    if (fields.isEmpty()) {
      return;
    }
    String wanted = path.isEmpty() ? "" : path.getFirst();
    fields.forEach((word, field) -> {
      if (field.equals(wanted)) {
        made.put("type", word);
      }
    });
    Object chosen = made.get("type");
    fields.forEach((word, field) -> {
      SchemaNode each = properties.get(field);
      if (each != null && word.equals(chosen) && !made.containsKey(field)) {
        made.put(field, make.apply(each));
      } else if (!word.equals(chosen)) {
        made.remove(field);
      }
    });
  }

  private static String field(String word, Set<String> names) {
    for (String name : names) {
      if (name.equalsIgnoreCase(word)) {
        return name;
      }
    }
    return "";
  }

  /** Of fields of which the schema allows one, all but one. */
  Set<String> exclusive(SchemaNode node, Random random) {
    Set<String> left = new HashSet<>();
    List<Map<String, Object>> alternatives = new ArrayList<>(JsonTree.maps(node.tree(), "oneOf"));
    List<List<String>> groups = new ArrayList<>();
    groups.add(names(alternatives));
    JsonTree.maps(node.tree(), "allOf")
        .forEach(each -> groups.add(names(JsonTree.maps(each, "oneOf"))));
    for (List<String> rivals : ONE_OF) {
      if (node.properties().keySet().containsAll(rivals)) {
        groups.add(rivals);
      }
    }
    for (List<String> group : groups) {
      if (!group.isEmpty()) {
        String kept = group.get(random.nextInt(group.size()));
        group.stream().filter(name -> !name.equals(kept)).forEach(left::add);
      }
    }
    return left;
  }

  private static List<String> names(List<Map<String, Object>> alternatives) {
    List<String> names = new ArrayList<>();
    for (Map<String, Object> each : alternatives) {
      names.addAll(JsonTree.strings(each, "required"));
    }
    return names;
  }

  /** Fields of which a rule allows one. */
  private static final List<List<String>> ONE_OF =
      List.of(
          List.of("selector", "targetRef", "targetRefs"),
          List.of("selector", "targetRefs"),
          List.of("workloadSelector", "targetRefs"),
          List.of("jwks", "jwksUri", "jwks_uri"),
          List.of("credentialName", "credentialNames", "tlsCertificates"),
          List.of("workloadSelector", "endpoints"),
          List.of("percent", "fraction"),
          List.of("serviceAccounts", "principals"),
          List.of("serviceAccounts", "notPrincipals"),
          List.of("serviceAccounts", "namespaces"),
          List.of("serviceAccounts", "notNamespaces"),
          List.of("notServiceAccounts", "principals"),
          List.of("notServiceAccounts", "notPrincipals"),
          List.of("notServiceAccounts", "namespaces"),
          List.of("notServiceAccounts", "notNamespaces"),
          List.of("wasm", "lua"),
          List.of("caCertificateRefs", "wellKnownCACertificates"));

  /** A spec with what its fields need beside them. */
  Map<String, Object> complete(Map<String, Object> spec, List<String> path) {
    Map<String, Object> made = mutable(spec);
    String target = String.join(".", path);
    switch (kind.kind()) {
      case "ServiceEntry" -> {
        made.putIfAbsent("resolution", "STATIC");
        each(made, "endpoints", endpoint -> endpoint.putIfAbsent("address", "10.0.0.1"));
      }
      case "WorkloadEntry" -> made.putIfAbsent("address", "10.0.0.1");
      case "PeerAuthentication" -> {
        if (made.containsKey("portLevelMtls")) {
          made.put("selector", Map.of("matchLabels", Map.of("app", "a")));
        }
      }
      case "TrafficExtension" -> {
        if (!made.containsKey("lua")) {
          made.putIfAbsent("wasm", Map.of("url", "https://example.com/a"));
        }
      }
      case "EnvoyFilter" ->
          each(
              made,
              "configPatches",
              patch -> {
                Map<String, Object> match = child(patch, "match");
                if (match.containsKey("waypoint")) {
                  match.put("context", "WAYPOINT");
                } else if ("WAYPOINT".equals(match.get("context"))) {
                  match.put("waypoint", Map.of());
                }
              });
      case "Telemetry" ->
          each(
              made,
              "metrics",
              metrics ->
                  each(
                      metrics,
                      "overrides",
                      override ->
                          child(override, "tagOverrides")
                              .values()
                              .forEach(tag -> {
                                if (tag instanceof Map<?, ?> map
                                    && "UPSERT".equals(map.get("operation"))) {
                                  cast(map).putIfAbsent("value", "request.host");
                                }
                              })));
      case "BackendTLSPolicy" -> {
        Map<String, Object> validation = child(made, "validation");
        if (JsonTree.list(validation, "caCertificateRefs").isEmpty()) {
          validation.putIfAbsent("wellKnownCACertificates", "System");
        }
      }
      case "Gateway", "ListenerSet" -> {
        if (kind.group().startsWith("gateway.")) {
          each(made, "listeners", listener -> listener(listener, target));
          each(
              made,
              "addresses",
              address -> {
                boolean host = "Hostname".equals(address.get("type"));
                address.put("value", host ? "example.com" : "10.0.0.1");
              });
        }
      }
      case "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute" -> deep(made);
      default -> {}
    }
    return JsonTree.freeze(made);
  }

  private static void override(Map<String, Object> tag) {
    if ("UPSERT".equals(tag.get("operation"))) {
      tag.putIfAbsent("value", "request.host");
    } else if ("REMOVE".equals(tag.get("operation"))) {
      tag.remove("value");
    }
  }

  private static void listener(Map<String, Object> listener, String target) {
    if (listener.containsKey("tls")) {
      Map<String, Object> tls = child(listener, "tls");
      boolean through = "Passthrough".equals(tls.get("mode"));
      listener.put("protocol", through ? "TLS" : "HTTPS");
      if (!through && JsonTree.list(tls, "certificateRefs").isEmpty()) {
        tls.put("certificateRefs", List.of(Map.of("name", "example")));
      }
    } else if (!target.endsWith(".protocol")) {
      listener.put("protocol", "HTTP");
    }
  }

  private static final Pattern BACKEND = Pattern.compile("backendRefs?");

  /** Ports of backends, paths of matches, wherever they stand. */
  private static void deep(Map<String, Object> map) {
    for (Map.Entry<String, Object> entry : map.entrySet()) {
      String name = entry.getKey();
      Object value = entry.getValue();
      List<?> all = value instanceof List<?> list ? list : List.of(value);
      for (Object each : all) {
        if (each instanceof Map<?, ?> found) {
          Map<String, Object> inner = cast(found);
          if (BACKEND.matcher(name).matches()) {
            inner.putIfAbsent("port", 8080);
          } else if (name.equals("fraction")) {
            fraction(inner);
          } else if (name.equals("path") && inner.containsKey("value")) {
            inner.put("value", "/example");
          } else if (name.equals("method") && inner.containsKey("type")) {
            inner.putIfAbsent("service", "example");
          }
          deep(inner);
        }
      }
    }
  }

  /** A part of a whole is at most the whole, which is 100 if nothing is said. */
  private static void fraction(Map<String, Object> fraction) {
    long part = (Long) fraction.getOrDefault("numerator", 0L);
    if (!fraction.containsKey("denominator")) {
      fraction.put("denominator", Math.max(part, 100));
    } else if (part > (Long) fraction.getOrDefault("denominator", 100L)) {
      fraction.put("numerator", fraction.get("denominator"));
    }
  }

  private static void each(
      Map<String, Object> map, String field, Consumer<Map<String, Object>> change) {
    if (map.get(field) instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> found) {
          change.accept(cast(found));
        }
      }
    }
  }

  /** The map below a field, empty and apart if there is none. */
  private static Map<String, Object> child(Map<String, Object> map, String field) {
    return map.get(field) instanceof Map<?, ?> found ? cast(found) : new HashMap<>();
  }
}

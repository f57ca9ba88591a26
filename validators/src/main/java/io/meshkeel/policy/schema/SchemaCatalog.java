package io.meshkeel.policy.schema;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The kinds of one release, their schemas compiled when they are first used. Any thread. */
final class SchemaCatalog {
  private static final Map<String, SchemaCatalog> LOADED = new ConcurrentHashMap<>();

  /**
   * Versions that the experimental channel of the Gateway API serves beside those of the standard
   * one. Which channel a cluster has isn't known, and istiod reads them, so they are judged by the
   * schema of the version to write.
   */
  private static final Set<String> EXPERIMENTAL =
      Set.of(
          "TCPRoute/v1alpha2",
          "UDPRoute/v1alpha2",
          "TLSRoute/v1alpha2",
          "TLSRoute/v1alpha3",
          "BackendTLSPolicy/v1alpha3");

  private final Map<GroupKind, Map<String, Object>> kinds = new HashMap<>();
  private final Set<String> groups = new TreeSet<>();
  private final Map<String, Schema> byVersion = new ConcurrentHashMap<>();
  private final SchemaCompiler compiler;

  SchemaCatalog(Map<String, Object> stored) {
    this.compiler = new SchemaCompiler(JsonTree.map(stored, "definitions"));
    for (Map<String, Object> kind : JsonTree.maps(stored, "kinds")) {
      GroupKind key =
          new GroupKind(JsonTree.string(kind, "group", ""), JsonTree.string(kind, "kind", ""));
      kinds.put(key, kind);
      groups.add(key.group());
    }
  }

  /** The catalog in a resource of this package, for example {@code istio-1.31}; read once. */
  static SchemaCatalog load(String name) {
    return LOADED.computeIfAbsent(name, SchemaCatalog::read);
  }

  private static SchemaCatalog read(String name) {
    try (InputStream in = SchemaCatalog.class.getResourceAsStream(name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + ".json is missing");
      }
      return new SchemaCatalog(JsonResource.read(in));
    } catch (IOException e) {
      throw new UncheckedIOException("the resource " + name + ".json can't be read", e);
    }
  }

  /** The API groups, sorted. */
  Set<String> groups() {
    return groups;
  }

  boolean hasGroup(String group) {
    return groups.contains(group);
  }

  boolean hasKind(GroupKind kind) {
    return kinds.containsKey(kind);
  }

  /** The kinds of a group, sorted. */
  Set<String> kinds(String group) {
    Set<String> names = new TreeSet<>();
    for (GroupKind kind : kinds.keySet()) {
      if (kind.group().equals(group)) {
        names.add(kind.kind());
      }
    }
    return names;
  }

  /** The versions of a kind that are served, sorted; empty if there is no such kind. */
  Set<String> versions(GroupKind kind) {
    Set<String> versions = new TreeSet<>();
    for (Map<String, Object> schema : schemas(kind)) {
      versions.addAll(JsonTree.strings(schema, "versions"));
    }
    return versions;
  }

  /** The version to write: the one that is stored, if it is served. */
  Optional<String> preferred(GroupKind kind) {
    Set<String> served = versions(kind);
    String storage = JsonTree.string(kinds.getOrDefault(kind, Map.of()), "storage", "");
    if (served.contains("v1")) {
      return Optional.of("v1");
    }
    return served.contains(storage) ? Optional.of(storage) : served.stream().findFirst();
  }

  /** The schema of a kind in a version; null if it isn't served. */
  @Nullable Schema schema(GroupKind kind, String apiVersion) {
    String key = apiVersion + ' ' + kind.kind();
    Schema known = byVersion.get(key);
    if (known != null) {
      return known;
    }
    String written = apiVersion.substring(apiVersion.indexOf('/') + 1);
    String version =
        kind.group().equals("gateway.networking.k8s.io")
                && EXPERIMENTAL.contains(kind.kind() + "/" + written)
            ? preferred(kind).orElse(written)
            : written;
    for (Map<String, Object> each : schemas(kind)) {
      if (JsonTree.strings(each, "versions").contains(version)) {
        Schema compiled = compiler.compile(JsonTree.map(each, "schema"));
        Schema before = byVersion.putIfAbsent(key, compiled);
        return before == null ? compiled : before;
      }
    }
    return null;
  }

  private List<Map<String, Object>> schemas(GroupKind kind) {
    return JsonTree.maps(kinds.getOrDefault(kind, Map.of()), "schemas");
  }
}

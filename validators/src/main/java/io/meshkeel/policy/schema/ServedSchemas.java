package io.meshkeel.policy.schema;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one cluster serves, as far as it was asked: versions of kinds, and the fields they have in
 * each. Of what wasn't asked nothing is said: the API server judges it. A value; any thread.
 */
public final class ServedSchemas {
  /** Nothing is known. */
  public static final ServedSchemas UNKNOWN = new ServedSchemas(Map.of(), Map.of(), Set.of());

  private final Map<GroupKind, List<String>> versions;
  private final Map<String, Published> published;
  private final Set<String> asked;

  /**
   * What a server publishes of one group and version.
   *
   * @param address where, with the digest of the content in it: as long as it stays, so does that
   * @param schemas what is there
   */
  public record Published(String address, PublishedSchemas schemas) {}

  private ServedSchemas(
      Map<GroupKind, List<String>> versions, Map<String, Published> published, Set<String> asked) {
    this.versions = Map.copyOf(versions);
    this.published = Map.copyOf(published);
    this.asked = Set.copyOf(asked);
  }

  /**
   * @param versions the versions served of each kind, the preferred one first
   * @param published by {@code apiVersion}
   * @param asked for which {@code apiVersion}s the server was asked, whether it had them or not
   */
  public static ServedSchemas of(
      Map<GroupKind, List<String>> versions, Map<String, Published> published, Set<String> asked) {
    return new ServedSchemas(versions, published, asked);
  }

  /** The {@code apiVersion}s that the server was asked for. */
  public Set<String> asked() {
    return asked;
  }

  /** What was read of an {@code apiVersion}; empty if the server didn't publish it. */
  public Optional<Published> published(String apiVersion) {
    return Optional.ofNullable(published.get(apiVersion));
  }

  /** What to ask for so that these are known as well. */
  public Set<String> askedWith(Set<String> apiVersions) {
    Set<String> all = new HashSet<>(asked);
    all.addAll(apiVersions);
    return all;
  }

  /**
   * What of an object the server doesn't serve: its version, or fields, or values of an enumeration
   * that it doesn't know. Empty if it would keep all of it, as far as is known here.
   */
  public List<SchemaViolation> check(Manifest manifest) {
    GroupKind kind = manifest.key().groupKind();
    String version = manifest.apiVersion().substring(manifest.apiVersion().indexOf('/') + 1);
    List<String> served = versions.getOrDefault(kind, List.of());
    if (!served.isEmpty() && !served.contains(version)) {
      return List.of(
          new SchemaViolation(
              SchemaError.VERSION,
              JsonPath.of("apiVersion"),
              kind.kind() + " is not served as " + manifest.apiVersion(),
              "declare it as "
                  + kind.group()
                  + "/"
                  + served.getFirst()
                  + ", or install a CRD that serves "
                  + version));
    }
    return published(manifest.apiVersion())
        .flatMap(document -> document.schemas().schema(kind))
        .map(schema -> new SchemaWalk().check(fields(manifest), schema))
        .orElse(List.of());
  }

  /** Without what every object has. */
  private static Map<String, Object> fields(Manifest manifest) {
    Map<String, Object> fields = new HashMap<>(manifest.content());
    fields.keySet().removeAll(Set.of("apiVersion", "kind", "metadata", "status"));
    return fields;
  }
}

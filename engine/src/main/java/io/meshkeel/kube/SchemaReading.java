package io.meshkeel.kube;

import io.meshkeel.kube.Transport.Answer;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import io.meshkeel.policy.schema.PublishedSchemas;
import io.meshkeel.policy.schema.ServedSchemas;
import io.meshkeel.policy.schema.ServedSchemas.Published;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Reads the OpenAPI v3 documents of an API server (Kubernetes documentation, "The Kubernetes API",
 * "OpenAPI V3"), which every authenticated user may. The index names a document's address with the
 * digest of its content, so one call tells whether anything changed. Clusters that publish the same
 * share it in memory.
 */
final class SchemaReading {
  private static final String INDEX = "/openapi/v3";

  /** Nothing that bends a URL. */
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9/._-]+(\\?[A-Za-z0-9=._-]*)?");

  private static final Map<String, WeakReference<PublishedSchemas>> SHARED =
      new ConcurrentHashMap<>();

  private final Transport transport;

  SchemaReading(Transport transport) {
    this.transport = transport;
  }

  ServedSchemas read(Map<GroupKind, ServedKind> served, Set<String> wanted, ServedSchemas before)
      throws ClusterException {
    Map<GroupKind, List<String>> versions = new HashMap<>();
    served.forEach((kind, how) -> versions.put(kind, how.versions()));
    Map<?, ?> paths = get(INDEX).get("paths") instanceof Map<?, ?> map ? map : Map.of();
    Map<String, Published> published = new HashMap<>();
    for (String apiVersion : wanted) {
      if (paths.get("apis/" + apiVersion) instanceof Map<?, ?> path
          && path.get("serverRelativeURL") instanceof String address
          && address.startsWith(INDEX + "/apis/" + apiVersion)
          && ADDRESS.matcher(address).matches()) {
        Published known = before.published(apiVersion).orElse(null);
        published.put(
            apiVersion,
            known != null && known.address().equals(address)
                ? known
                : new Published(address, document(address)));
      }
    }
    return ServedSchemas.of(versions, published, wanted);
  }

  private PublishedSchemas document(String address) throws ClusterException {
    byte[] body = body(address);
    String digest = digest(body);
    WeakReference<PublishedSchemas> shared = SHARED.get(digest);
    PublishedSchemas known = shared == null ? null : shared.get();
    if (known != null) {
      return known;
    }
    PublishedSchemas read = PublishedSchemas.of(parsed(body, address));
    SHARED.values().removeIf(reference -> reference.get() == null);
    SHARED.put(digest, new WeakReference<>(read));
    return read;
  }

  private Map<String, Object> get(String address) throws ClusterException {
    return parsed(body(address), address);
  }

  private byte[] body(String address) throws ClusterException {
    Answer answer = transport.call("GET", address, null, null, "application/json");
    if (answer.code() == 403 || answer.code() == 404) {
      throw new ClusterException(
          FailureReason.CLUSTER_FORBIDDEN,
          "the credential may not read "
              + INDEX
              + ", so fields that the cluster doesn't serve are found only when they are applied;"
              + " bind the ClusterRole system:discovery to it",
          false,
          null);
    }
    if (!answer.good()) {
      throw Refusal.of(answer.code(), Json.statusOf(answer.body()), "read " + INDEX);
    }
    return answer.body();
  }

  @SuppressWarnings("unchecked") // keys are strings: it was read as JSON
  private Map<String, Object> parsed(byte[] body, String address) throws ClusterException {
    try {
      return (Map<String, Object>) Json.map(body);
    } catch (IOException e) {
      throw transport.unreachable("read " + address + ": the answer is no JSON", e);
    }
  }

  private static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

package io.meshkeel.declaration;

import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Secrets of files that were written by hand: what is known of them afterwards is their type and
 * the names of their keys. Values are dropped and never told.
 */
final class SecretKeys {
  /** The keys that istiod reads certificates from. */
  private static final Set<String> CERTIFICATES =
      Set.of("cert", "key", "cacert", "tls.crt", "tls.key", "ca.crt", "ca.crl");

  private SecretKeys() {}

  /** Whether it has the value of a certificate: then a key without one is empty. */
  static boolean hasValues(Manifest secret) {
    return values(secret).entrySet().stream()
        .anyMatch(one -> CERTIFICATES.contains(one.getKey()) && !one.getValue().isEmpty());
  }

  /**
   * A Secret without its values.
   *
   * @param written whether files tell values of certificates: a key without one is left out then,
   *     since it is as if it weren't there
   */
  static Manifest reduced(Manifest secret, boolean written) {
    Map<String, Object> keys = new TreeMap<>();
    values(secret)
        .forEach((key, value) -> {
          if (!written || !value.isEmpty() || !CERTIFICATES.contains(key)) {
            keys.put(key, "");
          }
        });
    Map<String, Object> metadata = new HashMap<>(secret.metadata());
    metadata.remove("managedFields");
    Map<String, Object> annotations = new HashMap<>(JsonTree.map(metadata, "annotations"));
    annotations.keySet().retainAll(ObservedKinds.SECRET_ANNOTATIONS);
    metadata.put("annotations", annotations);
    Map<String, Object> content = new HashMap<>(secret.content());
    content.remove("stringData");
    content.put("metadata", metadata);
    content.put("data", keys);
    return Manifest.of(content);
  }

  /** {@code stringData} counts before {@code data}, as in the API server. */
  private static Map<String, String> values(Manifest secret) {
    Map<String, String> values = new TreeMap<>();
    for (String field : List.of("data", "stringData")) {
      JsonTree.map(secret.content(), field)
          .forEach((key, value) -> values.put(key, value == null ? "" : value.toString()));
    }
    return values;
  }
}

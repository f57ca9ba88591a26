package io.meshkeel.kube;

import io.meshkeel.model.JsonTree;
import io.meshkeel.model.ObservedKinds;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What may be known of a Secret: its name, labels, type, the names of its keys, and when the
 * certificates in it end. Everything else, each value and each annotation that could hold one, ends
 * here.
 */
final class SecretReduction {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

  private SecretReduction() {}

  /** The same Secret with an empty value for each key. */
  static Map<String, Object> reduce(Map<String, Object> secret) {
    Map<String, Object> metadata = JsonTree.map(secret, "metadata");
    Map<String, Object> annotations = new HashMap<>();
    JsonTree.map(metadata, "annotations")
        .forEach((name, value) -> {
          if (ObservedKinds.SECRET_ANNOTATIONS.contains(name)) {
            annotations.put(name, value);
          }
        });
    boolean remote = "true".equals(JsonTree.map(metadata, "labels").get("istio/multiCluster"));
    Map<String, Object> keys = new TreeMap<>();
    Map<String, Instant> ends = new TreeMap<>();
    JsonTree.map(secret, "data")
        .forEach((key, value) -> {
          keys.put(key, "");
          (remote ? SecretContent.end(value) : end(value)).ifPresent(end -> ends.put(key, end));
        });
    annotations.remove(ObservedKinds.CERTIFICATE_EXPIRY);
    if (!ends.isEmpty()) {
      annotations.put(
          ObservedKinds.CERTIFICATE_EXPIRY,
          ends.entrySet().stream()
              .map(end -> end.getKey() + "=" + end.getValue())
              .collect(Collectors.joining(",")));
    }
    Map<String, Object> kept = new HashMap<>();
    for (String field : new String[] {"name", "namespace", "uid", "labels", "creationTimestamp"}) {
      if (metadata.containsKey(field)) {
        kept.put(field, metadata.getOrDefault(field, ""));
      }
    }
    if (!annotations.isEmpty()) {
      kept.put("annotations", annotations);
    }
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "Secret",
        "metadata",
        kept,
        "type",
        JsonTree.string(secret, "type", "Opaque"),
        "data",
        keys);
  }

  /** When the first of the PEM certificates in a value ends; empty if there is none. */
  static Optional<Instant> end(Object value) {
    try {
      String text =
          new String(Base64.getDecoder().decode(String.valueOf(value)), StandardCharsets.US_ASCII);
      if (!text.contains(BEGIN)) {
        return Optional.empty();
      }
      Optional<Instant> earliest = Optional.empty();
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(
                      certificates(text).getBytes(StandardCharsets.US_ASCII)))) {
        Instant end = ((X509Certificate) certificate).getNotAfter().toInstant();
        earliest = Optional.of(earliest.filter(end::isAfter).orElse(end));
      }
      return earliest;
    } catch (IllegalArgumentException | CertificateException e) {
      // No certificate that can be read: its end isn't known, and nothing of it is told.
      return Optional.empty();
    }
  }

  /** The certificates alone: a file may hold its key beside them. */
  private static String certificates(String text) {
    String endMark = "-----END CERTIFICATE-----";
    StringBuilder found = new StringBuilder();
    for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
      int end = text.indexOf(endMark, at);
      if (end < 0) {
        break;
      }
      found.append(text, at, end + endMark.length()).append('\n');
    }
    return found.toString();
  }
}

package io.meshkeel.kube;

import io.meshkeel.desired.DesiredObject;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Labels;
import io.meshkeel.desired.RemoteSecrets;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The door between what remote secrets hold and everything else. Inside, a manifest and an object
 * of a cluster have a digest in the place of each value; the value itself is put in just before it
 * is sent, and taken out as soon as it was received. A digest tells nothing of a credential, whose
 * token or key can't be guessed, and is another one when the credential is.
 */
public final class SecretContent {
  private static final String DIGEST = "sha256:";

  /** Of the 32 bytes of a digest these are shown: enough to tell two apart, and to fit a line. */
  private static final int DIGEST_BYTES = 16;

  private SecretContent() {}

  /**
   * The same state with a digest of the credential in each remote secret; the very same if nothing
   * is new. A remote secret whose credential can't be had is withheld, and says why.
   */
  public static DesiredState seal(DesiredState desired, Credentials credentials) {
    Map<ResourceKey, DesiredObject> sealed = new HashMap<>();
    Map<ResourceKey, String> withheld = new HashMap<>(desired.withheld());
    for (DesiredObject object : desired.objects().values()) {
      if (object.key().groupKind().equals(RemoteSecrets.KIND)) {
        withheld.remove(object.key());
        try {
          Map<String, Object> data = new HashMap<>();
          values(object.manifest(), credentials)
              .forEach((key, value) -> data.put(key, digest(value)));
          Manifest manifest = with(object.manifest(), "data", data);
          if (!manifest.equals(object.manifest())) {
            sealed.put(
                object.key(),
                new DesiredObject(
                    manifest,
                    object.origin(),
                    object.references(),
                    object.hosts(),
                    object.ownership()));
          }
        } catch (ClusterException e) {
          withheld.put(object.key(), String.valueOf(e.getMessage()));
        }
      }
    }
    if (sealed.isEmpty() && withheld.equals(desired.withheld())) {
      return desired;
    }
    Map<ResourceKey, DesiredObject> objects = new HashMap<>(desired.objects());
    objects.putAll(sealed);
    return new DesiredState(
        desired.mesh(),
        desired.cluster(),
        desired.applySet(),
        objects,
        withheld,
        desired.alternatives());
  }

  /** The keys of all remote secrets of a state. */
  public static List<ResourceKey> secrets(DesiredState desired) {
    GroupKind secret = RemoteSecrets.KIND;
    List<ResourceKey> keys = new ArrayList<>(0);
    for (ResourceKey key : desired.objects().keySet()) {
      if (key.kind().equals(secret.kind()) && key.group().equals(secret.group())) {
        keys.add(key);
      }
    }
    Collections.sort(keys);
    return keys;
  }

  /**
   * What is sent for a manifest: with values in place of digests.
   *
   * @throws ClusterException {@code CREDENTIAL_INVALID} if the credential can't be had or is not
   *     the one of the digest any more; worth another try
   */
  static Map<String, Object> filled(Manifest manifest, Credentials credentials)
      throws ClusterException {
    Map<String, Object> declared = JsonTree.map(manifest.content(), "data");
    if (declared.isEmpty()) {
      return manifest.content();
    }
    Map<String, byte[]> values = values(manifest, credentials);
    Map<String, Object> data = new HashMap<>();
    for (Map.Entry<String, Object> entry : declared.entrySet()) {
      byte[] value = values.get(entry.getKey());
      if (value == null || !digest(value).equals(entry.getValue())) {
        throw new ClusterException(
            FailureReason.CREDENTIAL_INVALID,
            "apply " + manifest.key() + ": its credential changed meanwhile",
            true,
            null);
      }
      data.put(entry.getKey(), Base64.getEncoder().encodeToString(value));
    }
    return with(manifest, "data", data).content();
  }

  /** A Secret as a cluster sent it, with digests in place of values. */
  static Map<String, Object> digested(Map<?, ?> secret) {
    Map<String, Object> tree = new HashMap<>(JsonTree.freeze(secret));
    Map<String, Object> reduced = SecretReduction.reduce(tree);
    Map<String, Object> data = new HashMap<>();
    JsonTree.map(tree, "data").forEach((key, value) -> data.put(key, digest(decoded(value))));
    Map<String, Object> metadata = new HashMap<>(JsonTree.map(tree, "metadata"));
    Map<String, Object> annotations = new HashMap<>();
    JsonTree.map(metadata, "annotations")
        .forEach((name, value) -> {
          if (ObservedKinds.SECRET_ANNOTATIONS.contains(name)
              || name.startsWith(Labels.OWN_PREFIX)) {
            annotations.put(name, value);
          }
        });
    annotations.remove(ObservedKinds.CERTIFICATE_EXPIRY);
    Object ends =
        JsonTree.map(JsonTree.map(reduced, "metadata"), "annotations")
            .get(ObservedKinds.CERTIFICATE_EXPIRY);
    if (ends != null) {
      annotations.put(ObservedKinds.CERTIFICATE_EXPIRY, ends);
    }
    metadata.put("annotations", annotations);
    return Map.of("metadata", metadata, "data", data);
  }

  /**
   * When the certificate or the token of a kubeconfig in a value ends; empty if neither tells.
   *
   * @param value as Kubernetes has it, in base64
   */
  static Optional<Instant> end(Object value) {
    try {
      Kubeconfig config = Kubeconfig.parse(decoded(value));
      return config.token().isEmpty()
          ? SecretReduction.end(config.clientCertificateData())
          : tokenEnd(config.token());
    } catch (ClusterException e) {
      // Nothing that istiod could use either; nothing of it is told.
      return Optional.empty();
    }
  }

  /** The claim {@code exp} of a JSON Web Token (RFC 7519). */
  private static Optional<Instant> tokenEnd(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      return parts.length == 3
              && Json.number(Json.map(Base64.getUrlDecoder().decode(parts[1])).get("exp"))
                  instanceof Long seconds
          ? Optional.of(Instant.ofEpochSecond(seconds))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A kubeconfig for istiod, which takes no program and no file either; the same each time. */
  private static Map<String, byte[]> values(Manifest manifest, Credentials credentials)
      throws ClusterException {
    String credential = JsonTree.string(manifest.annotations(), Labels.CREDENTIAL, "");
    Kubeconfig config = credentials.get(credential);
    Map<String, byte[]> values = new HashMap<>();
    for (String cluster : JsonTree.map(manifest.content(), "data").keySet()) {
      values.put(cluster, kubeconfig(config, cluster));
    }
    return values;
  }

  private static byte[] kubeconfig(Kubeconfig config, String name) {
    Map<String, Object> cluster = new HashMap<>();
    cluster.put("server", config.server().toString());
    put(cluster, "certificate-authority-data", config.caData());
    put(cluster, "tls-server-name", config.tlsServerName());
    Map<String, Object> user = new HashMap<>();
    put(user, "token", config.token());
    if (config.token().isEmpty()) {
      put(user, "client-certificate-data", config.clientCertificateData());
      put(user, "client-key-data", config.clientKeyData());
    }
    Map<String, Object> content = new HashMap<>();
    content.put("apiVersion", "v1");
    content.put("kind", "Config");
    content.put("clusters", List.of(Map.of("name", name, "cluster", cluster)));
    content.put("users", List.of(Map.of("name", name, "user", user)));
    content.put(
        "contexts",
        List.of(Map.of("name", name, "context", Map.of("cluster", name, "user", name))));
    content.put("current-context", name);
    return Json.bytes(content);
  }

  private static void put(Map<String, Object> map, String key, String value) {
    if (!value.isEmpty()) {
      map.put(key, value);
    }
  }

  private static Manifest with(Manifest manifest, String field, Object value) {
    Map<String, Object> content = new HashMap<>(manifest.content());
    content.put(field, value);
    return new Manifest(manifest.key(), manifest.apiVersion(), content);
  }

  private static byte[] decoded(Object value) {
    String text = String.valueOf(value);
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      // No API server stores such a value; it is still told from any other.
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String digest(byte[] value) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(value);
      return DIGEST + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

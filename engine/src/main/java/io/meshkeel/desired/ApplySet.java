package io.meshkeel.desired;

import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The set of objects that Meshkeel owns for one mesh in one cluster, after the ApplySet
 * specification (KEP-3659). Its parent is a ConfigMap of the same name in every cluster of the
 * mesh, so its id is the same in all of them.
 *
 * @param mesh the mesh
 * @param id the value of {@link Labels#PART_OF} on members and {@link Labels#APPLYSET_ID} on the
 *     parent
 */
public record ApplySet(MeshName mesh, String id) {
  /** The namespace that holds the parents. */
  public static final String NAMESPACE = "meshkeel-system";

  /** The set of this mesh. */
  public static ApplySet of(MeshName mesh) {
    String source = String.join(".", parentName(mesh), NAMESPACE, "ConfigMap", "");
    byte[] digest = sha256(source.getBytes(StandardCharsets.UTF_8));
    return new ApplySet(
        mesh, "applyset-" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "-v1");
  }

  /** The parent object. */
  public ResourceKey parent() {
    return new ResourceKey("", "ConfigMap", NAMESPACE, parentName(mesh));
  }

  private static String parentName(MeshName mesh) {
    return "meshkeel-" + mesh;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

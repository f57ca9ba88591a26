package io.meshkeel.kube;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.testbed.KubeApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connects tests to a real API server with exactly the rights that {@code deploy/rbac} grants. */
public final class ControlPlane {
  private ControlPlane() {}

  /**
   * The kubeconfig of the service account of a role: {@code control-plane} or {@code data-plane}.
   */
  public static Kubeconfig kubeconfig(KubeApiServer server, String role) {
    try {
      server.apply(Files.readString(manifest(role)));
      return Kubeconfig.parse(
          server
              .serviceAccountKubeconfig("meshkeel-system", "meshkeel")
              .getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClusterException e) {
      throw new AssertionError(e);
    }
  }

  private static Path manifest(String role) {
    for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
      Path file = here.resolve("deploy/rbac").resolve(role + ".yaml");
      if (Files.exists(file)) {
        return file;
      }
    }
    throw new IllegalStateException("deploy/rbac is in no folder above this one");
  }

  /** A hand changes a field with this field manager, or takes it away with null. */
  public static void handEdit(
      KubeApiServer server,
      ResourceKey key,
      String manager,
      JsonPath path,
      @Nullable Object value) {
    Object patch = value;
    for (Object segment : path.segments().reversed()) {
      java.util.HashMap<String, Object> outer = new java.util.HashMap<>();
      outer.put((String) segment, patch);
      patch = outer;
    }
    server
        .admin()
        .genericKubernetesResources(key.group() + "/v1", key.kind())
        .inNamespace(key.namespace())
        .withName(key.name())
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(manager)
                .build(),
            new String(Json.bytes(patch == null ? Map.of() : patch), StandardCharsets.UTF_8));
  }

  /** A hand deletes an object. */
  public static void handDelete(KubeApiServer server, ResourceKey key) {
    List<?> gone =
        server
            .admin()
            .genericKubernetesResources(key.group() + "/v1", key.kind())
            .inNamespace(key.namespace())
            .withName(key.name())
            .delete();
    if (gone.isEmpty()) {
      throw new AssertionError("there was no " + key);
    }
  }
}

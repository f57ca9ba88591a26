package io.meshkeel.rig;

import java.nio.file.Files;
import java.nio.file.Path;

/** The source checkout that the demo, the benchmark and the end-to-end tests run from. */
public final class Checkout {
  /** The environment variable by which the launcher names the checkout's root. */
  public static final String ROOT_VARIABLE = "MESHKEEL_ROOT";

  private Checkout() {}

  /**
   * Its root: what the launcher says, else the nearest folder above the working folder that holds
   * the example repository.
   *
   * @throws IllegalStateException if there is none
   */
  public static Path root() {
    String named = System.getenv(ROOT_VARIABLE);
    if (named != null) {
      return Path.of(named);
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("repo-layout-example"))) {
        return folder;
      }
    }
    throw new IllegalStateException(
        "no source checkout here: run ./meshkeel in the root of one, or set " + ROOT_VARIABLE);
  }

  /** The example repository. */
  public static Path example() {
    return root().resolve("repo-layout-example");
  }

  /** The manifest of the rights that the service needs in a cluster. */
  public static Path rbac(ClusterRole role) {
    return root().resolve("deploy/rbac").resolve(role.file());
  }

  /** The manifest of the right to a remote secret; {@code CLUSTER} stands for its name. */
  public static Path remoteSecretRights() {
    return root().resolve("deploy/rbac/remote-secrets.yaml");
  }

  /** The manifest of the rights that the service needs to show what a cluster holds. */
  public static Path rbacOfModules() {
    return root().resolve("deploy/rbac/modules.yaml");
  }

  /** Which rights a cluster gives the service. */
  public enum ClusterRole {
    CONTROL_PLANE("control-plane.yaml"),
    DATA_PLANE("data-plane.yaml");

    private final String file;

    ClusterRole(String file) {
      this.file = file;
    }

    String file() {
      return file;
    }
  }
}

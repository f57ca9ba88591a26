package io.meshkeel.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code docs/deploy.md} has people apply, applied to a real API server. */
class ManifestsIT {
  private final KubeApiServer server = SharedServers.kubeApiServer();

  @Test
  void anApiServerTakesTheManifestsInTheOrderOfThePage() throws IOException {
    for (String file : List.of("namespace.yaml", "config.yaml", "service.yaml")) {
      server.apply(text("deploy/kubernetes/" + file));
    }

    Deployment deployment =
        server.admin().apps().deployments().inNamespace("meshkeel").withName("meshkeel").get();
    assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
    assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
    assertThat(server.admin().configMaps().inNamespace("meshkeel").list().getItems()).isNotEmpty();
  }

  @Test
  void anApiServerTakesTheRights() throws IOException {
    for (String file : List.of("control-plane.yaml", "data-plane.yaml")) {
      server.apply(text("deploy/rbac/" + file));
    }

    assertThat(server.admin().rbac().clusterRoles().list().getItems())
        .extracting(role -> role.getMetadata().getName())
        .anyMatch(name -> name.contains("meshkeel"));
  }

  private static String text(String file) throws IOException {
    return Files.readString(Checkout.root().resolve(Path.of(file)));
  }
}

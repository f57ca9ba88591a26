package io.meshkeel.app.serve;

import io.meshkeel.kube.Cluster;
import io.meshkeel.kube.ClusterException;
import io.meshkeel.kube.Credentials;
import io.meshkeel.kube.KubeCluster;
import io.meshkeel.kube.Kubeconfig;
import io.meshkeel.model.ClosestName;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.reconcile.ClusterConnector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connects by the kubeconfig files of the configuration. A file is read at each connection, so that
 * a credential can be rotated. Any thread.
 */
final class CredentialFiles implements ClusterConnector, Credentials {
  private final Map<String, Path> files;

  CredentialFiles(Map<String, Path> files) {
    this.files = Map.copyOf(files);
  }

  @Override
  public Cluster connect(MeshCluster cluster) throws ClusterException {
    return KubeCluster.connect(get(cluster.credential()), this);
  }

  @Override
  public Kubeconfig get(String name) throws ClusterException {
    Path file = files.get(name);
    if (file == null) {
      throw invalid(
          "there is no credential '"
              + name
              + "'"
              + ClosestName.hint(name, files.keySet())
              + " (add it to 'credentials' of the service's configuration)",
          null);
    }
    return Kubeconfig.parse(content(name, file));
  }

  private static byte[] content(String name, Path file) throws ClusterException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(Kubeconfig.MAX_BYTES + 1);
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "doesn't exist" : "can't be read";
      throw invalid("the file of the credential '" + name + "' " + why, e);
    }
  }

  /** Worth another try: files can be put right while the service runs. */
  private static ClusterException invalid(String message, @Nullable Throwable cause) {
    return new ClusterException(FailureReason.CREDENTIAL_INVALID, message, true, cause);
  }
}

package io.meshkeel.testbed;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A running kube-apiserver on loopback. RBAC is on, no controller manager runs: a deleted namespace
 * stays in {@code Terminating}, nothing is garbage-collected, no Deployment rolls out, until {@link
 * KubeNodes} are started beside it.
 *
 * <p>{@link #admin()} is for preparing a test. What is tested connects with {@link
 * #serviceAccountKubeconfig} or {@link #kubeconfig(String)} and has only the rights given to it.
 */
public final class KubeApiServer implements AutoCloseable {
  /** How long the API server may take to be ready. */
  public static final Duration READY_TIMEOUT = Duration.ofSeconds(240);

  /** How long a token of a service account is valid. */
  public static final Duration TOKEN_LIFETIME = Duration.ofHours(12);

  /** The field manager of objects that a test prepares. */
  public static final String FIELD_MANAGER = "testbed";

  /** The user with all rights. */
  public static final String ADMIN = "admin";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubeApiServerFiles files;
  private final KubeApiServerFiles.Launch launch;
  private ServerProcess process;
  private @Nullable KubernetesClient admin;

  private KubeApiServer(KubeApiServerFiles files, KubeApiServerFiles.Launch launch) {
    this.files = files;
    this.launch = launch;
    this.process = launch.process();
  }

  /**
   * Starts an API server whose data is its own within a shared etcd.
   *
   * @param prefix separates the data of several API servers on one etcd, such as {@code c1}
   * @param folder for certificates, tokens and the log {@code kube-apiserver.log}
   * @param users names of further users, without any right until RBAC gives them some
   */
  public static KubeApiServer start(
      Path binary, Etcd etcd, String prefix, Path folder, List<String> users) {
    KubeApiServerFiles files = KubeApiServerFiles.prepare(binary, etcd, prefix, folder, users);
    return new KubeApiServer(files, ServerProcess.onFreePorts(1, ports -> files.launch(ports[0])));
  }

  /** The address, {@code https://127.0.0.1:<port>}. */
  public URI url() {
    return files.url(launch.port());
  }

  /** The prefix of its data in etcd, which tells API servers apart. */
  public String name() {
    return files.prefix();
  }

  /** The folder with its log. */
  public Path folder() {
    return files.folder();
  }

  /** What other servers of the cluster need of it. */
  KubeApiServerFiles files() {
    return files;
  }

  /** Its process number. */
  public long pid() {
    return process.pid();
  }

  /** A client with all rights, closed with the server. */
  public synchronized KubernetesClient admin() {
    if (admin == null) {
      admin = client(kubeconfig(ADMIN));
    }
    return admin;
  }

  /** A client of its own for this kubeconfig; the caller closes it. */
  public static KubernetesClient client(String kubeconfig) {
    return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
  }

  /** A self-contained kubeconfig of a user that the server was started with. */
  public String kubeconfig(String user) {
    return files.kubeconfig(launch.port(), user, files.token(user));
  }

  /** The file of the administrator's kubeconfig, for kubectl, istioctl and istiod. */
  public Path adminKubeconfigFile() {
    return files.kubeconfigFile(launch.port(), ADMIN);
  }

  /**
   * A self-contained kubeconfig of a service account, with a token that the API server issued.
   * Namespace and service account are created if they are missing; rights are up to RBAC.
   */
  public String serviceAccountKubeconfig(String namespace, String name) {
    ensureNamespace(namespace);
    if (admin().serviceAccounts().inNamespace(namespace).withName(name).get() == null) {
      admin()
          .resource(
              new ServiceAccountBuilder()
                  .withNewMetadata()
                  .withNamespace(namespace)
                  .withName(name)
                  .endMetadata()
                  .build())
          .create();
    }
    String token =
        admin()
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(name)
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(TOKEN_LIFETIME.toSeconds())
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    return files.kubeconfig(launch.port(), name, token);
  }

  /** Creates a namespace where it is missing. */
  public void ensureNamespace(String namespace) {
    if (admin().namespaces().withName(namespace).get() == null) {
      apply(
          List.of(
              new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build()));
    }
  }

  /** Applies the objects of a YAML text as administrator, in its order. */
  public void apply(String yaml) {
    apply(objects(yaml));
  }

  /** Applies objects as administrator, by server-side apply, in this order. */
  public void apply(List<HasMetadata> objects) {
    objects.forEach(this::apply);
  }

  /** Asks for a path as administrator, again and again by the same client. */
  ServerQuestion questions() throws IOException {
    Http http = files.http();
    return path -> http.send("GET", url().resolve(path), files.adminHeaders(), "");
  }

  /** A request to this API server. */
  @FunctionalInterface
  interface ServerQuestion {
    Http.Answer get(String path) throws IOException, InterruptedException;
  }

  /** Applies one object as administrator. */
  void apply(HasMetadata object) {
    PatchContext patch =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FIELD_MANAGER)
            .withForce(true)
            .build();
    admin().resource(object).patch(patch);
  }

  /** The objects of a YAML text, with every field it has. */
  public static List<HasMetadata> objects(String yaml) {
    List<HasMetadata> objects = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml)) {
      if (document != null) {
        objects.add(JSON.convertValue(document, GenericKubernetesResource.class));
      }
    }
    return objects;
  }

  /** Kills it, as a crash would; its data stays in etcd. */
  public void kill() {
    process.kill();
  }

  /** Starts it again after {@link #kill()}, on the same port with the same data and tokens. */
  public void restart() {
    process.kill();
    try {
      process = files.launch(launch.port()).process();
    } catch (IOException e) {
      throw new TestbedException("cannot start kube-apiserver again: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("interrupted while starting kube-apiserver again", e);
    }
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close();
    }
    // It would wait a minute for open watches; there is nothing in it that a kill could break.
    process.kill();
  }
}

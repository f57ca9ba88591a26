package io.meshkeel.testbed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A running istiod on loopback that steers the mesh of one API server, its home; further API
 * servers can be its remote clusters. The API server must have Istio's definitions. Proxies reach
 * it in plaintext; it signs certificates, injects and validates where its options say so.
 *
 * <p>When it has ended, its webhooks stay: its home then refuses every write of an Istio object.
 */
public final class Istiod implements AutoCloseable {
  /** How long istiod may take to be ready. */
  public static final Duration READY_TIMEOUT = Duration.ofSeconds(180);

  /** The root namespace of the mesh; it must exist on the API server. */
  public static final String NAMESPACE = "istio-system";

  private final ServerProcess process;
  private final KubeApiServer home;
  private final IstiodOptions options;
  private final Addresses addresses;
  private final Http http = new Http();

  private Istiod(
      ServerProcess process, KubeApiServer home, IstiodOptions options, Addresses addresses) {
    this.process = process;
    this.home = home;
    this.options = options;
    this.addresses = addresses;
  }

  /** An object of configuration that istiod works with. */
  public record Config(String kind, String namespace, String name, JsonNode spec) {}

  /**
   * A cluster that istiod reads.
   *
   * @param name its identifier in the mesh
   * @param status {@code synced} when istiod knows all of it
   */
  public record Cluster(String name, String status) {}

  /** Where it listens on 127.0.0.1. */
  private record Addresses(int http, int grpc, int monitoring, int introspection, int https) {
    URI url() {
      return URI.create("http://127.0.0.1:" + http);
    }

    /** By the name in its certificate. */
    URI webhooks() {
      return URI.create("https://localhost:" + https);
    }
  }

  /** Starts istiod on an API server; the log is {@code istiod.log} in the folder. */
  public static Istiod start(Path binary, KubeApiServer home, Path folder) {
    return start(binary, home, folder, IstiodOptions.PLAIN);
  }

  /**
   * Starts istiod and waits until it is ready, with its webhooks, if it has any.
   *
   * @param folder for its log and its mesh configuration
   */
  public static Istiod start(Path binary, KubeApiServer home, Path folder, IstiodOptions options) {
    home.ensureNamespace(NAMESPACE);
    Map<String, String> environment = new HashMap<>(environment(home, options));
    environment.putAll(options.settings());
    return ServerProcess.onFreePorts(
        5,
        ports -> {
          Addresses addresses = new Addresses(ports[0], ports[1], ports[2], ports[3], ports[4]);
          Files.createDirectories(folder);
          Path mesh = folder.resolve("mesh.yaml");
          Files.writeString(
              mesh,
              "rootNamespace: " + NAMESPACE + "\ntrustDomain: cluster.local\n" + options.mesh());
          IstioWebhooks webhooks = options.webhooks();
          if (webhooks != null) {
            webhooks.install(home, addresses.webhooks());
          }
          ServerProcess process =
              ServerProcess.start(
                  "istiod",
                  command(binary, home, mesh, addresses, webhooks != null),
                  environment,
                  folder);
          Istiod istiod = new Istiod(process, home, options, addresses);
          process.awaitReady(READY_TIMEOUT, istiod::ready);
          return istiod;
        });
  }

  private static List<String> command(
      Path binary, KubeApiServer home, Path mesh, Addresses addresses, boolean webhooks) {
    return List.of(
        binary.toString(),
        "discovery",
        "--kubeconfig=" + home.adminKubeconfigFile(),
        "--meshConfig=" + mesh,
        "--httpAddr=127.0.0.1:" + addresses.http(),
        "--grpcAddr=127.0.0.1:" + addresses.grpc(),
        "--monitoringAddr=127.0.0.1:" + addresses.monitoring(),
        "--ctrlz_port=" + addresses.introspection(),
        "--httpsAddr=" + (webhooks ? "127.0.0.1:" + addresses.https() : ""),
        "--secureGRPCAddr=");
  }

  private boolean ready() throws IOException, InterruptedException {
    return http.get(url().resolve("/ready")).status() == 200
        && (options.webhooks() == null
            || (IstioWebhooks.injects(home) && IstioWebhooks.validates(home)));
  }

  /**
   * Lets an API server be a remote cluster of this istiod: its root namespace names the home as its
   * control plane, and where this istiod injects, the pods of that cluster are injected. What is
   * still missing is the remote secret.
   */
  public void prepare(KubeApiServer remote) {
    remote.apply(
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: %s
          annotations: {topology.istio.io/controlPlaneClusters: %s}
        """
            .formatted(NAMESPACE, home.name()));
    IstioWebhooks webhooks = options.webhooks();
    if (webhooks != null) {
      webhooks.installInjector(remote, addresses.webhooks());
    }
  }

  /** Prepares a remote cluster and gives this istiod the remote secret to read it. */
  public void connect(KubeApiServer remote) {
    prepare(remote);
    home.apply(List.of(RemoteSecret.of(remote)));
  }

  /** The base address of its HTTP server, with {@code /ready} and {@code /debug/…}. */
  public URI url() {
    return addresses.url();
  }

  /** The port of its plaintext xDS server on 127.0.0.1. */
  public int grpcPort() {
    return addresses.grpc();
  }

  /** Its process number. */
  public long pid() {
    return process.pid();
  }

  /** The text of a debug page such as {@code /debug/clusterz}. */
  public String debug(String page) {
    try {
      return http.get(url().resolve(page)).orFail("istiod's page " + page);
    } catch (IOException e) {
      throw new TestbedException("cannot ask istiod: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("interrupted while asking istiod", e);
    }
  }

  /** Everything istiod took over, from {@code /debug/configz}. */
  public List<Config> configuration() {
    JsonNode all = json("/debug/configz");
    JsonNode items = all.has("configs") ? all.path("configs") : all;
    return items
        .valueStream()
        .map(item ->
            new Config(
                item.path("kind").asText(),
                item.path("metadata").path("namespace").asText(),
                item.path("metadata").path("name").asText(),
                item.path("spec")))
        .toList();
  }

  /** The clusters it reads, its home included, from {@code /debug/clusterz}. */
  public List<Cluster> clusters() {
    return json("/debug/clusterz")
        .valueStream()
        .map(item -> new Cluster(item.path("id").asText(), item.path("syncStatus").asText()))
        .toList();
  }

  /** The host names of all services in all its clusters, from {@code /debug/registryz}. */
  public List<String> services() {
    return json("/debug/registryz")
        .valueStream()
        .map(item -> item.path("hostname").asText())
        .toList();
  }

  private JsonNode json(String page) {
    try {
      return new ObjectMapper().readTree(debug(page));
    } catch (JsonProcessingException e) {
      throw new TestbedException("istiod's " + page + " is no JSON: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private static Map<String, String> environment(KubeApiServer home, IstiodOptions options) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "CLUSTER_ID", home.name(),
                "POD_NAMESPACE", NAMESPACE,
                "POD_NAME", "istiod",
                "JWT_POLICY", "none",
                // It would deploy proxies for Gateways; nothing runs Deployments here.
                "PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER", "false"));
    if (options.webhooks() == null) {
      all.putAll(
          Map.of(
              "PILOT_CERT_PROVIDER", "none",
              "ENABLE_CA_SERVER", "false",
              "VALIDATION_WEBHOOK_CONFIG_NAME", "",
              "INJECTION_WEBHOOK_CONFIG_NAME", ""));
    } else {
      all.putAll(
          Map.of(
              "PILOT_CERT_PROVIDER", "istiod",
              "ENABLE_CA_SERVER", "true",
              "ISTIOD_CUSTOM_HOST", "localhost",
              // It makes the webhooks of its own revision trust it, and no others.
              "REVISION", "default",
              "VALIDATION_WEBHOOK_CONFIG_NAME", "istio-validator",
              "INJECTION_WEBHOOK_CONFIG_NAME", "istio-sidecar-injector",
              // It also cares for the remote clusters whose root namespace names it.
              "EXTERNAL_ISTIOD", "true"));
    }
    return all;
  }
}

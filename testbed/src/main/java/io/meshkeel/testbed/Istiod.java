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
 * A running istiod on loopback that steers the mesh of one API server: plaintext, without
 * certificate authority, injection and validation. The API server must have Istio's definitions.
 */
public final class Istiod implements AutoCloseable {
  /** How long istiod may take to be ready. */
  public static final Duration READY_TIMEOUT = Duration.ofSeconds(90);

  /** The root namespace of the mesh; it must exist on the API server. */
  public static final String NAMESPACE = "istio-system";

  private final ServerProcess process;
  private final URI url;
  private final int grpcPort;
  private final Http http = new Http();

  private Istiod(ServerProcess process, URI url, int grpcPort) {
    this.process = process;
    this.url = url;
    this.grpcPort = grpcPort;
  }

  /** An object of configuration that istiod works with. */
  public record Config(String kind, String namespace, String name, JsonNode spec) {}

  /** Starts istiod on an API server; the log is {@code istiod.log} in the folder. */
  public static Istiod start(Path binary, KubeApiServer server, Path folder) {
    return start(binary, server, folder, Map.of());
  }

  /**
   * Starts istiod with further settings.
   *
   * @param settings environment variables such as {@code PILOT_DEBOUNCE_AFTER}
   */
  public static Istiod start(
      Path binary, KubeApiServer server, Path folder, Map<String, String> settings) {
    server.ensureNamespace(NAMESPACE);
    Map<String, String> environment = new HashMap<>(environment(server));
    environment.putAll(settings);
    Http http = new Http();
    return ServerProcess.onFreePorts(
        4,
        ports -> {
          Files.createDirectories(folder);
          Path mesh = folder.resolve("mesh.yaml");
          Files.writeString(mesh, "rootNamespace: " + NAMESPACE + "\ntrustDomain: cluster.local\n");
          URI url = URI.create("http://127.0.0.1:" + ports[0]);
          List<String> command =
              List.of(
                  binary.toString(),
                  "discovery",
                  "--kubeconfig=" + server.adminKubeconfigFile(),
                  "--meshConfig=" + mesh,
                  "--httpAddr=127.0.0.1:" + ports[0],
                  "--grpcAddr=127.0.0.1:" + ports[1],
                  "--monitoringAddr=127.0.0.1:" + ports[2],
                  "--ctrlz_port=" + ports[3],
                  "--httpsAddr=",
                  "--secureGRPCAddr=");
          ServerProcess process =
              ServerProcess.start("istiod", command, environment, folder)
                  .awaitReady(READY_TIMEOUT, () -> http.get(url.resolve("/ready")).status() == 200);
          return new Istiod(process, url, ports[1]);
        });
  }

  /** The base address of its HTTP server, with {@code /ready} and {@code /debug/…}. */
  public URI url() {
    return url;
  }

  /** The port of its plaintext xDS server on 127.0.0.1. */
  public int grpcPort() {
    return grpcPort;
  }

  /** Its process number. */
  public long pid() {
    return process.pid();
  }

  /** The text of a debug page such as {@code /debug/clusterz}. */
  public String debug(String page) {
    try {
      return http.get(url.resolve(page)).orFail("istiod's page " + page);
    } catch (IOException e) {
      throw new TestbedException("cannot ask istiod: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("interrupted while asking istiod", e);
    }
  }

  /** Everything istiod took over, from {@code /debug/configz}. */
  public List<Config> configuration() {
    try {
      JsonNode all = new ObjectMapper().readTree(debug("/debug/configz"));
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
    } catch (JsonProcessingException e) {
      throw new TestbedException("istiod's /debug/configz is no JSON: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private static Map<String, String> environment(KubeApiServer server) {
    return Map.of(
        "CLUSTER_ID", server.name(),
        "POD_NAMESPACE", NAMESPACE,
        "POD_NAME", "istiod",
        "JWT_POLICY", "none",
        "PILOT_CERT_PROVIDER", "none",
        "ENABLE_CA_SERVER", "false",
        "VALIDATION_WEBHOOK_CONFIG_NAME", "",
        "INJECTION_WEBHOOK_CONFIG_NAME", "",
        // It would deploy proxies for Gateways; nothing runs Deployments here.
        "PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER", "false");
  }
}

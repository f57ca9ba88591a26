package io.meshkeel.testbed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A running Envoy that plays a gateway of the mesh: istiod steers it in plaintext, and it listens
 * on the ports of the Gateways that select it.
 */
public final class Envoy implements AutoCloseable {
  /** How long it may take until it has its first configuration. */
  public static final Duration READY_TIMEOUT = Duration.ofSeconds(120);

  private final ServerProcess process;
  private final URI admin;

  private Envoy(ServerProcess process, URI admin) {
    this.process = process;
    this.admin = admin;
  }

  /**
   * The options of an istiod whose configuration this Envoy takes: the published Envoy lacks three
   * filters of Istio's own build, and it has no certificate here.
   */
  public static IstiodOptions steeredBy(IstiodOptions options) {
    return options
        .with("PILOT_ENABLE_METADATA_EXCHANGE", "false")
        .with("PILOT_ENABLE_ALPN_FILTER", "false")
        .withMesh("defaultProviders: {}")
        .withMesh("enablePrometheusMerge: false")
        .withMesh("enableAutoMtls: false");
  }

  /**
   * Starts a gateway.
   *
   * @param istiod started with {@link #steeredBy}
   * @param cluster where the gateway is said to run
   * @param namespace of the gateway
   * @param labels of its pod, which a Gateway selects
   * @param folder for its bootstrap and its log {@code envoy.log}
   */
  public static Envoy gateway(
      Path binary,
      Istiod istiod,
      KubeApiServer cluster,
      String namespace,
      Map<String, String> labels,
      Path folder) {
    Http http = new Http();
    return ServerProcess.onFreePorts(
        1,
        ports -> {
          Files.createDirectories(folder);
          Path bootstrap = folder.resolve("bootstrap.json");
          Map<String, Object> node = node(cluster.name(), namespace, labels);
          Files.writeString(bootstrap, json(bootstrap(node, istiod.grpcPort(), ports[0])));
          List<String> command =
              List.of(
                  binary.toString(),
                  "--config-path",
                  bootstrap.toString(),
                  "--disable-hot-restart",
                  "--concurrency",
                  "1");
          URI admin = URI.create("http://127.0.0.1:" + ports[0]);
          ServerProcess process =
              ServerProcess.start("envoy", command, Map.of(), folder)
                  .awaitReady(
                      READY_TIMEOUT, () -> http.get(admin.resolve("/ready")).status() == 200);
          return new Envoy(process, admin);
        });
  }

  /** The address of its admin pages, such as {@code /config_dump}. */
  public URI admin() {
    return admin;
  }

  /** Its process number. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.kill(); // It would drain its connections for minutes.
  }

  /**
   * How istiod knows it: a router, by the format of Istio's {@code model.Proxy} node identifiers.
   */
  private static Map<String, Object> node(
      String cluster, String namespace, Map<String, String> labels) {
    String name = "gateway-1";
    return Map.of(
        "id",
        "router~127.0.0.1~%1$s.%2$s~%2$s.svc.cluster.local".formatted(name, namespace),
        "cluster",
        name + "." + namespace,
        "metadata",
        Map.of(
            "NAME", name,
            "NAMESPACE", namespace,
            "CLUSTER_ID", cluster,
            "INSTANCE_IPS", "127.0.0.1",
            "ISTIO_VERSION", Crds.ISTIO,
            "LABELS", labels));
  }

  private static Map<String, Object> bootstrap(
      Map<String, Object> node, int istiodPort, int adminPort) {
    Map<String, Object> ads =
        Map.of("ads", Map.of(), "initial_fetch_timeout", "0s", "resource_api_version", "V3");
    Map<String, Object> toIstiod =
        Map.of(
            "name",
            "xds-grpc",
            "type",
            "STATIC",
            "connect_timeout",
            "1s",
            "typed_extension_protocol_options",
            Map.of(
                "envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                Map.of(
                    "@type",
                    "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                    "explicit_http_config",
                    Map.of("http2_protocol_options", Map.of()))),
            "load_assignment",
            Map.of(
                "cluster_name",
                "xds-grpc",
                "endpoints",
                List.of(
                    Map.of(
                        "lb_endpoints",
                        List.of(Map.of("endpoint", Map.of("address", address(istiodPort))))))));
    return Map.of(
        "node",
        node,
        "admin",
        Map.of("address", address(adminPort)),
        "dynamic_resources",
        Map.of(
            "ads_config",
            Map.of(
                "api_type",
                "GRPC",
                "transport_api_version",
                "V3",
                "grpc_services",
                List.of(Map.of("envoy_grpc", Map.of("cluster_name", "xds-grpc")))),
            "cds_config",
            ads,
            "lds_config",
            ads),
        "static_resources",
        Map.of("clusters", List.of(toIstiod)));
  }

  private static Map<String, Object> address(int port) {
    return Map.of("socket_address", Map.of("address", "127.0.0.1", "port_value", port));
  }

  private static String json(Map<String, Object> value) throws JsonProcessingException {
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
  }
}

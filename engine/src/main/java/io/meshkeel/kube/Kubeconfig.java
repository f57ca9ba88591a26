package io.meshkeel.kube;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonTree;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A kubeconfig that says all itself: its current context with server, certificates and token or
 * client certificate as data. What would run a program or read a file is refused, and so is any
 * field that isn't known to be harmless.
 *
 * @param server {@code https} address of the API server
 * @param caData certificate authority, PEM in base64; empty for the platform's authorities
 * @param token bearer token; empty if a client certificate is used
 * @param clientCertificateData client certificate, PEM in base64; empty if a token is used
 * @param clientKeyData its key, PEM in base64
 * @param tlsServerName name that the server's certificate must carry; empty for the address's
 */
public record Kubeconfig(
    URI server,
    String caData,
    String token,
    String clientCertificateData,
    String clientKeyData,
    String tlsServerName) {
  /** Largest kubeconfig, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  private static final Set<String> CLUSTER_FIELDS =
      Set.of(
          "server",
          "certificate-authority-data",
          "tls-server-name",
          "disable-compression",
          "extensions");
  private static final Set<String> USER_FIELDS =
      Set.of("token", "client-certificate-data", "client-key-data", "extensions");

  /**
   * Reads a kubeconfig.
   *
   * @param content YAML or JSON
   * @throws ClusterException {@code CREDENTIAL_INVALID} if it is too large, can't be read, is
   *     incomplete, or asks to run a program or read a file
   */
  public static Kubeconfig parse(byte[] content) throws ClusterException {
    if (content.length > MAX_BYTES) {
      throw invalid("it is larger than " + MAX_BYTES + " bytes");
    }
    Map<String, Object> root = read(content);
    String current = JsonTree.string(root, "current-context", "");
    if (current.isEmpty()) {
      throw invalid("it has no current-context; set one");
    }
    Map<String, Object> context = named(root, "contexts", current, "context");
    Map<String, Object> cluster =
        named(root, "clusters", JsonTree.string(context, "cluster", ""), "cluster");
    Map<String, Object> user = named(root, "users", JsonTree.string(context, "user", ""), "user");
    requireKnown("cluster", cluster, CLUSTER_FIELDS);
    requireKnown("user", user, USER_FIELDS);
    Kubeconfig config =
        new Kubeconfig(
            server(JsonTree.string(cluster, "server", "")),
            JsonTree.string(cluster, "certificate-authority-data", ""),
            JsonTree.string(user, "token", ""),
            JsonTree.string(user, "client-certificate-data", ""),
            JsonTree.string(user, "client-key-data", ""),
            JsonTree.string(cluster, "tls-server-name", ""));
    boolean certificate =
        !config.clientCertificateData.isEmpty() && !config.clientKeyData.isEmpty();
    if (config.token.isEmpty() && !certificate) {
      throw invalid(
          "its user has neither a token nor client-certificate-data with client-key-data");
    }
    if (config.token.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
      throw invalid("its token holds a character that no token has");
    }
    return config;
  }

  private static Map<String, Object> read(byte[] content) throws ClusterException {
    try {
      Map<?, ?> parsed =
          Serialization.unmarshal(new String(content, StandardCharsets.UTF_8), Map.class);
      return parsed == null ? Map.of() : JsonTree.freeze(parsed);
    } catch (RuntimeException | StackOverflowError e) {
      // The cause may quote the content, which is secret.
      throw invalid("it is no YAML or JSON map");
    }
  }

  private static Map<String, Object> named(
      Map<String, Object> root, String list, String name, String field) throws ClusterException {
    for (Map<String, Object> entry : JsonTree.maps(root, list)) {
      if (JsonTree.string(entry, "name", "").equals(name)) {
        return JsonTree.map(entry, field);
      }
    }
    throw invalid(
        "its current context needs '"
            + ServerText.oneLine(name)
            + "', which is not among its "
            + list);
  }

  private static void requireKnown(String where, Map<String, Object> fields, Set<String> known)
      throws ClusterException {
    Set<String> unknown = new TreeSet<>(fields.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      String field = unknown.iterator().next();
      throw invalid(
          "its "
              + where
              + " has "
              + ServerText.oneLine(field)
              + ", "
              + switch (field) {
                case "exec", "auth-provider" -> "which would run a program; use a token instead";
                case "certificate-authority", "client-certificate", "client-key", "tokenFile" ->
                    "which would read a file; put the content in as data"
                        + (field.equals("tokenFile") ? " (token)" : " (" + field + "-data)");
                case "insecure-skip-tls-verify" ->
                    "which would trust any server; give certificate-authority-data";
                default -> "which Meshkeel doesn't support; take it out";
              });
    }
  }

  private static URI server(String address) throws ClusterException {
    try {
      URI uri = URI.create(address);
      if ("https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw invalid("its server is no https address");
  }

  private static ClusterException invalid(String why) {
    return new ClusterException(
        FailureReason.CREDENTIAL_INVALID, "the kubeconfig is refused: " + why, false, null);
  }

  /** Never shows a secret. */
  @Override
  public String toString() {
    return "Kubeconfig[" + server + "]";
  }
}

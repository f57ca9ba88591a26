package io.meshkeel.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an API server needs on disk, and its command line.
 *
 * @param tokens the token of each user
 */
record KubeApiServerFiles(
    Path binary, Etcd etcd, String prefix, Path folder, Map<String, String> tokens) {
  private static final String SERVER = "kube-apiserver";

  /** A started API server. */
  record Launch(int port, ServerProcess process) {}

  KubeApiServerFiles {
    tokens = Map.copyOf(tokens);
  }

  /** Writes keys and tokens; both stay the same over a restart. */
  static KubeApiServerFiles prepare(
      Path binary, Etcd etcd, String prefix, Path folder, List<String> users) {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put(KubeApiServer.ADMIN, newToken());
    users.forEach(user -> tokens.putIfAbsent(user, newToken()));
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair pair = generator.generateKeyPair();
      writePem(folder.resolve("sa.key"), "PRIVATE KEY", pair.getPrivate().getEncoded());
      writePem(folder.resolve("sa.pub"), "PUBLIC KEY", pair.getPublic().getEncoded());
      StringBuilder csv = new StringBuilder();
      tokens.forEach((user, token) ->
          csv.append(token)
              .append(',')
              .append(user)
              .append(',')
              .append(user)
              .append(user.equals(KubeApiServer.ADMIN) ? ",system:masters\n" : "\n"));
      Files.writeString(folder.resolve("tokens.csv"), csv);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return new KubeApiServerFiles(binary, etcd, prefix, folder, tokens);
  }

  URI url(int port) {
    return URI.create("https://127.0.0.1:" + port);
  }

  String token(String user) {
    String token = tokens.get(user);
    if (token == null) {
      throw new TestbedException(
          "the API server "
              + prefix
              + " was not started with the user "
              + user
              + "; it has "
              + tokens.keySet());
    }
    return token;
  }

  Launch launch(int port) throws IOException, InterruptedException {
    Path certificate = certificate();
    ServerProcess process = ServerProcess.start(SERVER, command(port), Map.of(), folder);
    TlsProbe probe = new TlsProbe(certificate, url(port).resolve("/readyz"), adminHeaders());
    process.awaitReady(KubeApiServer.READY_TIMEOUT, probe);
    return new Launch(port, process);
  }

  String kubeconfig(int port, String user, String token) {
    try {
      return """
      apiVersion: v1
      kind: Config
      current-context: %1$s
      clusters:
      - name: %1$s
        cluster:
          server: %2$s
          certificate-authority-data: %3$s
      users:
      - name: %4$s
        user:
          token: %5$s
      contexts:
      - name: %1$s
        context:
          cluster: %1$s
          user: %4$s
      """
          .formatted(
              prefix,
              url(port),
              Base64.getEncoder().encodeToString(Files.readAllBytes(certificate())),
              user,
              token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path kubeconfigFile(int port, String user) {
    Path file = folder.resolve(user + ".kubeconfig");
    try {
      Files.writeString(file, kubeconfig(port, user, token(user)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** A client that trusts this API server. */
  Http http() throws IOException {
    return Trust.http(certificate());
  }

  /** The header that makes a request the administrator's. */
  Map<String, String> adminHeaders() {
    return Map.of("Authorization", "Bearer " + token(KubeApiServer.ADMIN));
  }

  /** The certificate that it makes for itself. */
  Path certificate() {
    return folder.resolve("certificates").resolve("apiserver.crt");
  }

  /** The key that signs the tokens of service accounts. */
  Path serviceAccountKey() {
    return folder.resolve("sa.key");
  }

  private List<String> command(int port) {
    return List.of(
        binary.toString(),
        "--etcd-servers=" + etcd.url(),
        "--etcd-prefix=/" + prefix,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--secure-port=" + port,
        "--cert-dir=" + folder.resolve("certificates"),
        "--token-auth-file=" + folder.resolve("tokens.csv"),
        "--authorization-mode=RBAC",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + folder.resolve("sa.pub"),
        "--service-account-signing-key-file=" + folder.resolve("sa.key"),
        "--service-cluster-ip-range=10.96.0.0/16",
        // They need the controller manager, which doesn't run here.
        "--disable-admission-plugins=ServiceAccount",
        "--endpoint-reconciler-type=none",
        "--profiling=false",
        "--v=1");
  }

  private static void writePem(Path file, String type, byte[] content) throws IOException {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
  }

  private static String newToken() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}

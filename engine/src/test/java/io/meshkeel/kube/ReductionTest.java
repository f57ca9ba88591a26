package io.meshkeel.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReductionTest {
  private static final String HIDDEN = "hidden-treasure";

  private static Map<String, Object> metadata() {
    return Map.of(
        "name",
        "a",
        "namespace",
        "shop",
        "labels",
        Map.of("team", "shop"),
        "managedFields",
        List.of(Map.of("fieldsV1", Map.of("f:" + HIDDEN, Map.of()))),
        "annotations",
        Map.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            HIDDEN,
            "networking.istio.io/cluster",
            "east",
            "note",
            "kept"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A certificate of the Java platform. */
  private static X509Certificate certificate() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    Path file = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, null);
    }
    return (X509Certificate) store.getCertificate(Collections.list(store.aliases()).getFirst());
  }

  @Test
  void ofARemoteSecretTheEndOfItsTokenIsTold() {
    String claims =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"exp\":1798859045}".getBytes(StandardCharsets.UTF_8));
    Map<String, Object> secret =
        Map.of(
            "metadata",
            Map.of("name", "s", "namespace", "n", "labels", Map.of("istio/multiCluster", "true")),
            "data",
            Map.of(
                "west",
                base64(
                    """
                    current-context: w
                    contexts: [{name: w, context: {cluster: w, user: w}}]
                    clusters: [{name: w, cluster: {server: "https://w.example.com"}}]
                    users: [{name: w, user: {token: %s.%s.%s}}]
                    """
                        .formatted(HIDDEN, claims, HIDDEN)),
                "broken",
                base64(HIDDEN)));

    Map<String, Object> reduced = SecretReduction.reduce(secret);
    assertThat(reduced.toString())
        .contains("west=2027-01-02T03:04:05Z")
        .doesNotContain("broken=2")
        .doesNotContain(HIDDEN);
  }

  @Test
  void ofASecretOnlyTypeKeyNamesAndTheEndOfCertificatesAreLeft() throws Exception {
    X509Certificate certificate = certificate();
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    Map<String, Object> secret =
        Map.of(
            "metadata",
            metadata(),
            "type",
            "kubernetes.io/tls",
            "stringData",
            Map.of("other", HIDDEN),
            "data",
            Map.of(
                "tls.crt",
                base64("-----BEGIN PRIVATE KEY-----\n" + HIDDEN + "\n" + pem),
                "tls.key",
                base64(HIDDEN),
                "broken",
                base64("-----BEGIN CERTIFICATE-----" + HIDDEN)));

    Manifest reduced = Reduction.reduce(secret, ObservedKinds.SECRET, "v1");

    assertThat(reduced.content())
        .containsOnlyKeys("apiVersion", "kind", "metadata", "type", "data")
        .containsEntry("type", "kubernetes.io/tls")
        .containsEntry("data", Map.of("tls.crt", "", "tls.key", "", "broken", ""));
    assertThat(reduced.metadata()).containsOnlyKeys("name", "namespace", "labels", "annotations");
    assertThat(reduced.annotations())
        .isEqualTo(
            Map.of(
                "networking.istio.io/cluster",
                "east",
                "meshkeel.io/certificate-expiry",
                "tls.crt=" + certificate.getNotAfter().toInstant()));
    assertThat(reduced.toString()).doesNotContain(HIDDEN, base64(HIDDEN));
  }

  @Test
  void ofAContainerThatIsNotIstiosCommandArgumentsAndValuesAreTaken() {
    Map<String, Object> containers =
        Map.of(
            "containers",
            List.of(
                Map.of(
                    "name",
                    "app",
                    "image",
                    "app:1",
                    "args",
                    List.of(HIDDEN),
                    "command",
                    List.of(HIDDEN),
                    "env",
                    List.of(Map.of("name", "PASSWORD", "value", HIDDEN))),
                Map.of(
                    "name",
                    "istio-proxy",
                    "args",
                    List.of("proxy"),
                    "env",
                    List.of(Map.of("name", "ISTIO_META_CLUSTER_ID", "value", "east")))));
    Map<String, Object> template = Map.of("spec", containers);
    Map<String, Object> deployment =
        Map.of("metadata", metadata(), "spec", Map.of("template", template));

    Manifest reduced = Reduction.reduce(deployment, ObservedKinds.DEPLOYMENT, "apps/v1");

    JsonPath path = JsonPath.of("spec", "template", "spec", "containers");
    assertThat(path.index(0).find(reduced.content()))
        .contains(
            Map.of("name", "app", "image", "app:1", "env", List.of(Map.of("name", "PASSWORD"))));
    assertThat(path.index(1).field("args").find(reduced.content())).contains(List.of("proxy"));
    assertThat(reduced.annotations())
        .isEqualTo(Map.of("networking.istio.io/cluster", "east", "note", "kept"));
    assertThat(reduced.toString()).doesNotContain(HIDDEN).contains("ISTIO_META_CLUSTER_ID");

    Manifest job =
        Reduction.reduce(
            Map.of(
                "metadata",
                metadata(),
                "spec",
                Map.of("jobTemplate", Map.of("spec", Map.of("template", template)))),
            ObservedKinds.CRON_JOB,
            "batch/v1");
    assertThat(job.toString()).doesNotContain(HIDDEN).contains("PASSWORD");
    Manifest pod =
        Reduction.reduce(
            Map.of("metadata", metadata(), "spec", containers), ObservedKinds.POD, "v1");
    assertThat(pod.toString()).doesNotContain(HIDDEN).contains("PASSWORD");
  }

  @Test
  void ofADefinitionOnlyNamesAndVersionsAreLeft() {
    Manifest reduced =
        Reduction.reduce(
            Map.of(
                "metadata",
                Map.of("name", "sidecars.networking.istio.io"),
                "spec",
                Map.of(
                    "group",
                    "networking.istio.io",
                    "conversion",
                    Map.of("strategy", "None"),
                    "versions",
                    List.of(
                        Map.of("name", "v1", "served", true, "storage", true, "schema", Map.of()))),
                "status",
                Map.of("conditions", List.of())),
            ObservedKinds.DEFINITION,
            "apiextensions.k8s.io/v1");
    assertThat(reduced.content()).doesNotContainKey("status");
    assertThat(reduced.spec())
        .isEqualTo(
            Map.of(
                "group",
                "networking.istio.io",
                "versions",
                List.of(Map.of("name", "v1", "served", true, "storage", true))));
  }
}

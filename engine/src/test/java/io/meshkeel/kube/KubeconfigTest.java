package io.meshkeel.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meshkeel.model.FailureReason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTest {
  private static String config(String cluster, String user) {
    return """
    apiVersion: v1
    kind: Config
    current-context: here
    contexts: [{name: here, context: {cluster: c, user: u}}, {name: other, context: {}}]
    clusters: [{name: c, cluster: {%s}}]
    users: [{name: u, user: {%s}}, {name: other, user: {exec: {command: evil}}}]
    """
        .formatted(cluster, user);
  }

  private static Kubeconfig parse(String text) throws ClusterException {
    return Kubeconfig.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ClusterException refusal(String text) {
    ClusterException refusal = catchThrowableOfType(ClusterException.class, () -> parse(text));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(FailureReason.CREDENTIAL_INVALID);
    return refusal;
  }

  @Test
  void aTokenOrAClientCertificateIsEnough() throws Exception {
    assertThat(parse(config("server: 'https://a:6443'", "token: t")).token()).isEqualTo("t");
    assertThat(
            parse(
                    config(
                        "server: 'https://a:6443', certificate-authority-data: Y2E=",
                        "client-certificate-data: YQ==, client-key-data: Yg=="))
                .clientKeyData())
        .isEqualTo("Yg==");
  }

  @Test
  void anUnusedUserMayBeAnything() throws Exception {
    assertThat(parse(config("server: 'https://a'", "token: t")).server()).hasHost("a");
  }

  @ParameterizedTest
  @CsvSource({
    "'exec: {command: sh}', exec",
    "'auth-provider: {name: oidc}', auth-provider",
    "'tokenFile: /etc/token', tokenFile",
    "'client-certificate: /c, client-key: /k', client-certificate",
    "'client-key: /k', client-key",
    "'username: u, password: p', password",
    "'as: root', as"
  })
  void aUserThatNeedsMoreThanItselfIsRefused(String user, String field) {
    assertThat(refusal(config("server: 'https://a'", "token: t, " + user)))
        .hasMessageContaining("its user has " + field);
  }

  @ParameterizedTest
  @CsvSource({
    "certificate-authority: /ca.crt, certificate-authority",
    "insecure-skip-tls-verify: true, insecure-skip-tls-verify",
    "proxy-url: 'http://p', proxy-url"
  })
  void aClusterThatNeedsMoreThanItselfIsRefused(String cluster, String field) {
    assertThat(refusal(config("server: 'https://a', " + cluster, "token: t")))
        .hasMessageContaining("its cluster has " + field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a", "https://", "file:///etc", "https://u:p@a", "nonsense", " "})
  void aServerThatIsNoPlainHttpsAddressIsRefused(String server) {
    assertThat(refusal(config("server: '" + server + "'", "token: t")))
        .hasMessageContaining("https");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "just text", "a: [", "{{{{", "current-context: x"})
  void whatIsNoKubeconfigIsRefused(String text) {
    refusal(text);
  }

  @Test
  void aUserWithoutACredentialIsRefused() {
    assertThat(refusal(config("server: 'https://a'", "client-certificate-data: YQ==")))
        .hasMessageContaining("neither a token nor");
  }

  @Test
  void theSizeIsBounded() throws Exception {
    String text = config("server: 'https://a'", "token: t");
    String filled = text + "#" + "x".repeat(Kubeconfig.MAX_BYTES - text.length() - 1);
    assertThat(parse(filled).token()).isEqualTo("t");
    assertThat(refusal(filled + "x")).hasMessageContaining("larger than");
  }

  @Test
  void neitherMessagesNorTextShowTheToken() throws Exception {
    Kubeconfig config = parse(config("server: 'https://a'", "token: s3cr3t"));
    assertThat(config.toString()).doesNotContain("s3cr3t");
    assertThat(refusal(config("server: 'https://a'", "token: 's3cr3t\\nx', exec: s3cr3t")))
        .message()
        .doesNotContain("s3cr3t");
    assertThat(refusal("users: s3cr3t: : [")).message().doesNotContain("s3cr3t");
  }

  @Test
  void aKeyThatIsNoPemIsRefusedWithoutShowingIt() {
    ClusterException refusal =
        catchThrowableOfType(
            ClusterException.class,
            () ->
                KubeCluster.connect(
                    parse(
                        config(
                            "server: 'https://a'",
                            "client-certificate-data: czNjcjN0, client-key-data: czNjcjN0"))));
    assertThat(refusal.reason()).isEqualTo(FailureReason.CREDENTIAL_INVALID);
    assertThat(refusal).hasMessageContaining("PEM").hasNoCause();
  }
}

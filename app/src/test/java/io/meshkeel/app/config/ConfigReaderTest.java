package io.meshkeel.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  private static final String LEAST =
      """
      repository:
        url: https://gitea.example.com/platform/meshes.git
      forge:
        url: https://gitea.example.com/
        tokenFile: token
        webhookSecretFile: secret
      """;

  @TempDir private Path folder;

  @BeforeEach
  void files() throws Exception {
    Files.writeString(folder.resolve("token"), "t\n");
    Files.writeString(folder.resolve("secret"), "s\n");
  }

  private ServiceConfig read(String text) throws ConfigException {
    return ConfigReader.read("c.yaml", text.getBytes(StandardCharsets.UTF_8), folder);
  }

  @Test
  void theLeastConfigurationHasTheDocumentedDefaults() throws Exception {
    ServiceConfig config = read(LEAST);

    assertThat(config.repository().branch()).isEqualTo("main");
    assertThat(config.repository().pollInterval()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.forge().repository()).hasToString("platform/meshes");
    assertThat(config.forge().url()).isEqualTo(URI.create("https://gitea.example.com"));
    assertThat(config.http().publicUrl()).isEqualTo(URI.create("http://127.0.0.1:8080"));
    assertThat(config.dataDir()).isEqualTo(folder.resolve("data"));
    assertThat(config.credentials()).isEmpty();
    assertThat(config.opa()).isEmpty();
    assertThat(config.limits().opaTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.limits().writesInFlight()).isEqualTo(64);
    assertThat(config.limits().webhookBytes()).isEqualTo(1048576);
  }

  @Test
  void pathsStartAtTheFolderOfTheFile() throws Exception {
    ServiceConfig config = read(LEAST + "credentials:\n  east: clusters/east\n  west: /w\n");

    assertThat(config.forge().tokenFile()).isEqualTo(folder.resolve("token"));
    assertThat(config.credentials())
        .containsEntry("east", folder.resolve("clusters/east"))
        .containsEntry("west", Path.of("/w"));
  }

  @Test
  void aCredentialFileThatIsMissingDoesNotStopTheStart() throws Exception {
    assertThat(read(LEAST + "credentials: {east: not-there}\n").credentials()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "htpp: {port: 1} | c.yaml:7:1: there is no key 'htpp', did you mean 'http'?",
        "http: {prot: 1} | c.yaml:7:8: there is no key 'http.prot', did you mean 'port'?",
        "http: {port: eighty} | c.yaml:7:8: 'http.port' is a text",
        "http: {port: 70000} | c.yaml:7:8: 'http.port' is 70000",
        "http: [] | c.yaml:7:1: 'http' is a list",
        "http: {publicUrl: 'javascript:x'} | c.yaml:7:8: 'http.publicUrl' is no web address",
        "http: {publicUrl: 'http://u:p@h'} | c.yaml:7:8: 'http.publicUrl' is no web address",
        "limits: {opaTimeout: 20} | c.yaml:7:10: 'limits.opaTimeout' is 20",
        "limits: {opaTimeout: 0s} | c.yaml:7:10: 'limits.opaTimeout' is 0s",
        "limits: {writesInFlight: 0} | c.yaml:7:10: 'limits.writesInFlight' is 0",
        "opa: /does/not/exist | c.yaml:7:1: 'opa' names /does/not/exist, which can't be read",
        "dataDir: '' | c.yaml:7:1: 'dataDir' is empty",
        "credentials: {east: 1} | c.yaml:7:15: 'credentials.east' is 1",
        "dataDir: {a | c.yaml:"
      })
  void aMistakeIsToldWithItsPlace(String line, String expected) {
    assertThatThrownBy(() -> read(LEAST + line + "\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void allMistakesAreToldAtOnce() {
    assertThatThrownBy(() -> read("repository: {branch: '-x'}\nforge: {url: ftp://x}\n"))
        .hasMessageContaining("'repository.url' is missing")
        .hasMessageContaining("'-x' is not the short name of a branch")
        .hasMessageContaining("'forge.url' is no web address")
        .hasMessageContaining("'forge.tokenFile' is missing")
        .hasMessageContaining("'forge.webhookSecretFile' is missing");
  }

  @Test
  void aPasswordInTheUrlIsRefusedAndNotRepeated() {
    String text = LEAST.replace("https://gitea.example.com/platform", "https://u:hush@h/platform");

    assertThatThrownBy(() -> read(text))
        .hasMessageContaining("c.yaml:2:3")
        .hasMessageContaining("password")
        .hasMessageNotContaining("hush");
  }

  @Test
  void aKeyForSshNeedsTheServersKeys() {
    assertThatThrownBy(() ->
            read(
                LEAST.replace(
                    "  url: https://gitea.example.com/platform",
                    "  sshKeyFile: token\n  url: ssh://git@gitea.example.com/platform")))
        .hasMessageContaining("without 'knownHostsFile'");
  }

  @Test
  void anotherForgeIsRefused() {
    assertThatThrownBy(() -> read(LEAST.replace("forge:", "forge:\n  kind: gitlab")))
        .hasMessageContaining("'forge.kind' is 'gitlab'");
  }

  @Test
  void aSecretIsReadAnewAndWithoutItsLineEnd() throws Exception {
    Path file = folder.resolve("token");
    assertThat(SecretFile.read(file)).isEqualTo("t");

    Files.writeString(file, "rotated\r\n");

    assertThat(SecretFile.read(file)).isEqualTo("rotated");
  }

  @Test
  void anEmptySecretIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("empty"), " \n");

    assertThatThrownBy(() -> SecretFile.read(file)).hasMessageContaining("empty");
  }
}

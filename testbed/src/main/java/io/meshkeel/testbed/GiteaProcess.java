package io.meshkeel.testbed;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Gitea as a process of its binary. */
public final class GiteaProcess implements Gitea {
  /** How long Gitea may take to be ready. */
  public static final Duration READY_TIMEOUT = Duration.ofSeconds(180);

  /** How long one of its administration commands may take. */
  static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(180);

  /**
   * A push starts Gitea's large binary three times, for its hooks: what such a process holds it
   * needs, and looking for garbage is a quarter of its time. So that waits until there is much.
   */
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "GITEA_I_AM_BEING_UNSAFE_RUNNING_AS_ROOT", "true", "GOGC", "off", "GOMEMLIMIT", "400MiB");

  private final Path binary;
  private final Path folder;
  private final URI url;
  private final int sshPort;
  private final String password = GiteaSettings.secret(12);
  private ServerProcess process;
  private String token = "";

  private GiteaProcess(Path binary, Path folder, int[] ports)
      throws IOException, InterruptedException {
    this.binary = binary;
    this.folder = folder;
    this.url = URI.create("http://127.0.0.1:" + ports[0]);
    this.sshPort = ports[1];
    this.process = launch();
  }

  /**
   * Starts Gitea with a new, empty database.
   *
   * @param folder for its data and its log {@code gitea.log}
   */
  public static GiteaProcess start(Binaries binaries, Path folder) {
    Path binary = binaries.get(ServerBinary.GITEA);
    String staticRoot = GiteaStatic.root(binaries, binary).map(Path::toString).orElse("");
    return ServerProcess.onFreePorts(
        2,
        ports -> {
          BinaryCache.delete(folder.resolve("data"));
          Path home = Files.createDirectories(folder.resolve("data"));
          GiteaSettings settings =
              new GiteaSettings(
                  System.getProperty("user.name"), home.toString(), ports[0], ports[1], staticRoot);
          Files.writeString(folder.resolve("app.ini"), settings.ini());
          GiteaProcess gitea = new GiteaProcess(binary, folder, ports);
          try {
            gitea.prepareUser();
          } catch (RuntimeException | Error | IOException | InterruptedException e) {
            gitea.close();
            throw e;
          }
          return gitea;
        });
  }

  @Override
  public URI url() {
    return url;
  }

  @Override
  public String password() {
    return password;
  }

  @Override
  public String token() {
    return token;
  }

  @Override
  public int sshPort() {
    return sshPort;
  }

  @Override
  public String runsAs() {
    return "binary";
  }

  /** Its process number. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void stop() {
    process.close();
  }

  @Override
  public void restart() {
    process.close();
    try {
      process = launch();
    } catch (IOException e) {
      throw new TestbedException("cannot start Gitea again: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("interrupted while starting Gitea again", e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private ServerProcess launch() throws IOException, InterruptedException {
    Http http = new Http();
    URI health = url.resolve("/api/healthz");
    return ServerProcess.start("gitea", command("web"), ENVIRONMENT, folder)
        .awaitReady(READY_TIMEOUT, () -> http.get(health).status() == 200);
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "--config", folder.resolve("app.ini").toString(),
            "--work-path", folder.resolve("data").toString()));
    return command;
  }

  private void prepareUser() throws IOException, InterruptedException {
    Command.run(
            command(createUser(password).toArray(String[]::new)),
            folder,
            ENVIRONMENT,
            COMMAND_TIMEOUT)
        .orFail("the creation of Gitea's administrator");
    token = newToken(url, USER, password);
  }

  /** The arguments of the command that makes the administrator. */
  static List<String> createUser(String password) {
    return List.of(
        "admin",
        "user",
        "create",
        "--admin",
        "--must-change-password=false",
        "--username",
        USER,
        "--password",
        password,
        "--email",
        USER + "@example.com");
  }

  /** A token with all scopes for a user with this password. */
  static String newToken(URI url, String user, String password)
      throws IOException, InterruptedException {
    String basic =
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    String answer =
        new Http()
            .send(
                "POST",
                URI.create(url + "/api/v1/users/" + user + "/tokens"),
                Map.of("Authorization", "Basic " + basic, "Content-Type", "application/json"),
                "{\"name\":\"testbed\",\"scopes\":[\"all\"]}")
            .orFail("the creation of a token at Gitea");
    return new ObjectMapper().readTree(answer).path("sha1").asText();
  }
}

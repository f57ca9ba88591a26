package io.meshkeel.app.config;

import io.meshkeel.app.config.ServiceConfig.Forge;
import io.meshkeel.app.config.ServiceConfig.Http;
import io.meshkeel.app.config.ServiceConfig.Limits;
import io.meshkeel.app.config.ServiceConfig.Observe;
import io.meshkeel.app.config.ServiceConfig.Repository;
import io.meshkeel.apply.Applier;
import io.meshkeel.declaration.PositionedYaml;
import io.meshkeel.forge.GiteaWebhooks;
import io.meshkeel.forge.RepositoryPath;
import io.meshkeel.git.BranchName;
import io.meshkeel.git.GitCredential;
import io.meshkeel.git.GitRemote;
import io.meshkeel.model.JsonPath;
import io.meshkeel.policy.JudgeOptions;
import io.meshkeel.reconcile.ReconcilerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the configuration; all mistakes are told at once, each with line and column. */
public final class ConfigReader {
  /** Largest configuration file, in bytes. */
  public static final int MAX_BYTES = 1024 * 1024;

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Pattern OWNER_AND_NAME =
      Pattern.compile(".*?([^/:]+)/([^/]+?)(?:\\.git)?/?");

  private final Path folder;
  private final Section root;
  private final Mistakes mistakes;

  private ConfigReader(Path folder, PositionedYaml yaml) {
    this.folder = folder;
    this.mistakes = new Mistakes(yaml);
    this.root = new Section(yaml.root(), JsonPath.ROOT, mistakes);
  }

  /**
   * Reads a file. Relative paths in it start at its folder.
   *
   * @throws ConfigException if it can't be read or holds mistakes
   */
  public static ServiceConfig read(Path file) throws ConfigException {
    byte[] content;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ConfigException(
            file + " is larger than " + MAX_BYTES + " bytes", new IOException("too large"));
      }
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new ConfigException(
          "there is no file " + file + ". Fix: name the configuration with --config", e);
    } catch (IOException e) {
      throw new ConfigException("the configuration " + file + " can't be read: " + e, e);
    }
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    return read(file.toString(), content, folder == null ? absolute : folder);
  }

  /**
   * Reads a text.
   *
   * @param name how messages name it
   * @param folder where relative paths start
   * @throws ConfigException if it holds mistakes
   */
  public static ServiceConfig read(String name, byte[] content, Path folder)
      throws ConfigException {
    PositionedYaml yaml = PositionedYaml.read(name, content);
    ConfigReader reader = new ConfigReader(folder, yaml);
    ServiceConfig config = reader.config();
    reader.root.close();
    reader.mistakes.check();
    return config;
  }

  /** The paths of all keys, {@code repository.url} for example, in alphabetical order. */
  public static List<String> keys() {
    ConfigReader reader = new ConfigReader(Path.of("/"), PositionedYaml.read("", new byte[0]));
    reader.config();
    TreeSet<String> paths = new TreeSet<>();
    reader.root.collect(paths);
    return List.copyOf(paths);
  }

  private ServiceConfig config() {
    Repository repository = repository(root.section("repository"));
    return new ServiceConfig(
        repository,
        forge(root.section("forge"), repository.url()),
        http(root.section("http")),
        credentials(root.section("credentials")),
        path(root, "dataDir", root.text("dataDir")).orElse(folder.resolve("data")),
        file(root, "opa"),
        limits(root.section("limits")),
        new Observe(root.section("observe").flag("workloads", Observe.DEFAULT_WORKLOADS)));
  }

  private Repository repository(Section section) {
    String url = section.required("url", "the URL of the Git repository, https://… or ssh://…");
    String branch = section.text("branch", Repository.DEFAULT_BRANCH);
    checkRemote(section, url, branch);
    Optional<Path> token = file(section, "tokenFile");
    Optional<Path> key = file(section, "sshKeyFile");
    Optional<Path> hosts = file(section, "knownHostsFile");
    if (token.isPresent() && key.isPresent()) {
      section.mistake(
          "sshKeyFile",
          "both 'tokenFile' and 'sshKeyFile' are given",
          "keep the one that fits the URL");
    }
    if (key.isPresent() && !section.has("knownHostsFile")) {
      section.mistake(
          "sshKeyFile",
          "'sshKeyFile' is given without 'knownHostsFile'",
          "add 'knownHostsFile' with the server's key, as ssh-keyscan prints it");
    }
    return new Repository(
        url,
        branch,
        section.text("user", Repository.DEFAULT_USER),
        token,
        key,
        hosts,
        section.duration("pollInterval", Repository.DEFAULT_POLL_INTERVAL, SECOND, HOUR),
        section.duration("timeout", Repository.DEFAULT_TIMEOUT, SECOND, HOUR));
  }

  /** By the rules of the part that will use them. */
  private static void checkRemote(Section section, String url, String branch) {
    try {
      if (!url.isEmpty()) {
        new GitRemote(
            url,
            new BranchName(Repository.DEFAULT_BRANCH),
            new GitCredential.None(),
            Repository.DEFAULT_TIMEOUT);
      }
    } catch (IllegalArgumentException e) {
      section.mistake(
          "url",
          String.valueOf(e.getMessage()),
          "write the address as git would take it; a token goes into the file that"
              + " 'repository.tokenFile' names");
    }
    try {
      new BranchName(branch);
    } catch (IllegalArgumentException e) {
      section.mistake("branch", String.valueOf(e.getMessage()), "write a branch of the repository");
    }
  }

  private Forge forge(Section section, String repositoryUrl) {
    String kind = section.text("kind", "gitea");
    if (!kind.equals("gitea")) {
      section.mistake(
          "kind", "'forge.kind' is '" + kind + "'", "write gitea, the one forge of this version");
    }
    return new Forge(
        web(section, "url", section.required("url", "the address of the Gitea, https://…")),
        forgeRepository(section, repositoryUrl),
        requiredFile(section, "tokenFile", "a file with a token that may write statuses"),
        requiredFile(section, "webhookSecretFile", "a file with the webhook's secret"));
  }

  private RepositoryPath forgeRepository(Section section, String repositoryUrl) {
    Optional<String> given = section.text("repository");
    Matcher matcher = OWNER_AND_NAME.matcher(repositoryUrl);
    String text =
        given.orElseGet(() -> matcher.matches() ? matcher.group(1) + "/" + matcher.group(2) : "");
    try {
      return RepositoryPath.parse(text);
    } catch (IllegalArgumentException e) {
      if (given.isPresent() || !repositoryUrl.isEmpty()) {
        section.mistake(
            "repository",
            given.isPresent()
                ? "'forge.repository' is '" + text + "'"
                : "owner and name can't be told from 'repository.url'",
            "write owner/name as the forge shows it");
      }
      return new RepositoryPath("unknown", "unknown");
    }
  }

  private Http http(Section section) {
    String host = section.text("host", Http.DEFAULT_HOST);
    int port = section.number("port", Http.DEFAULT_PORT, 1, 65535);
    String shown = host.contains(":") ? "[" + host + "]" : host;
    String url = section.text("publicUrl", "http://" + shown + ":" + port);
    return new Http(host, port, web(section, "publicUrl", url));
  }

  /** An address without query, and without a slash at its end. */
  private URI web(Section section, String key, String text) {
    String trimmed = text.replaceAll("/+$", "");
    try {
      URI uri = URI.create(trimmed);
      if (text.isEmpty()
          || (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
              && uri.getHost() != null
              && uri.getUserInfo() == null
              && uri.getQuery() == null
              && uri.getFragment() == null)) {
        return uri;
      }
    } catch (IllegalArgumentException ignored) {
      // Told below, like every other text that is no such address.
    }
    section.mistake(
        key,
        "'" + section.path().field(key) + "' is no web address",
        "write http:// or https:// with a host, without user, query or fragment");
    return URI.create("http://unknown");
  }

  private Map<String, Path> credentials(Section section) {
    Map<String, Path> files = new TreeMap<>();
    section
        .texts()
        .forEach((name, text) ->
            path(section, name, Optional.of(text)).ifPresent(file -> files.put(name, file)));
    return files;
  }

  private static Limits limits(Section section) {
    return new Limits(
        section.duration(
            "opaTimeout", JudgeOptions.DEFAULT_TIMEOUT, SECOND, Duration.ofMinutes(10)),
        section.number("writesInFlight", Applier.DEFAULT_IN_FLIGHT, 1, 512),
        section.duration(
            "clusterResync",
            ReconcilerOptions.DEFAULT_RESYNC,
            Duration.ofMinutes(1),
            Duration.ofHours(24)),
        section.number("rollouts", ReconcilerOptions.DEFAULT_ROLLOUTS, 1, 100),
        section.duration(
            "rolloutTimeout",
            ReconcilerOptions.DEFAULT_ROLLOUT_TIMEOUT,
            Duration.ofSeconds(10),
            Duration.ofHours(24)),
        section.number(
            "webhookBytes", GiteaWebhooks.DEFAULT_MAX_BODY_BYTES, 1024, 32 * 1024 * 1024),
        section.duration(
            "webhookTimeout", GiteaWebhooks.DEFAULT_BODY_TIMEOUT, SECOND, Duration.ofMinutes(1)));
  }

  private Path requiredFile(Section section, String key, String what) {
    section.required(key, "the path of " + what);
    return file(section, key).orElse(folder);
  }

  /** A file that must exist now. */
  private Optional<Path> file(Section section, String key) {
    Optional<Path> path = path(section, key, section.text(key));
    if (path.isPresent() && !Files.isReadable(path.get())) {
      section.mistake(
          key,
          "'" + section.path().field(key) + "' names " + path.get() + ", which can't be read",
          "create it, or let the service's user read it");
    }
    return path;
  }

  private Optional<Path> path(Section section, String key, Optional<String> text) {
    try {
      return text.map(value -> folder.resolve(value).normalize());
    } catch (InvalidPathException e) {
      section.mistake(
          key, "'" + section.path().field(key) + "' is no path", "write the path of a file");
      return Optional.empty();
    }
  }
}

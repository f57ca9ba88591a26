package io.meshkeel.app.config;

import io.meshkeel.forge.RepositoryPath;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of {@code meshkeel serve}; keys, defaults and meaning are in {@code
 * docs/reference/configuration.md}.
 *
 * @param repository what is watched
 * @param forge where statuses go and webhooks come from
 * @param http where the service listens
 * @param credentials kubeconfig files by the name that a MeshCluster uses
 * @param dataDir the service's own folder
 * @param opa the OPA program; searched for if empty
 * @param limits bounds on time and size
 * @param observe what is watched for the modules
 */
public record ServiceConfig(
    Repository repository,
    Forge forge,
    Http http,
    Map<String, Path> credentials,
    Path dataDir,
    Optional<Path> opa,
    Limits limits,
    Observe observe) {
  public ServiceConfig {
    credentials = Map.copyOf(credentials);
  }

  /**
   * {@code repository}.
   *
   * @param url of the Git repository; holds no password
   * @param branch the branch that declares the meshes
   * @param user user name beside the token
   * @param tokenFile file with an access token, for https
   * @param sshKeyFile file with a private key, for ssh
   * @param knownHostsFile the servers' keys, for ssh
   * @param pollInterval how often the branch is looked at without a webhook
   * @param timeout longest silence of the remote
   */
  public record Repository(
      String url,
      String branch,
      String user,
      Optional<Path> tokenFile,
      Optional<Path> sshKeyFile,
      Optional<Path> knownHostsFile,
      Duration pollInterval,
      Duration timeout) {
    public static final String DEFAULT_BRANCH = "main";
    public static final String DEFAULT_USER = "meshkeel";
    public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(60);
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  }

  /**
   * {@code forge}.
   *
   * @param url address of the Gitea
   * @param repository owner and name there
   * @param tokenFile file with the token that posts statuses
   * @param webhookSecretFile file with the secret that signs webhooks
   */
  public record Forge(URI url, RepositoryPath repository, Path tokenFile, Path webhookSecretFile) {}

  /**
   * {@code http}.
   *
   * @param host address to listen on
   * @param port port to listen on
   * @param publicUrl how people reach the service: the base of the statuses' links, without a slash
   *     at the end
   */
  public record Http(String host, int port, URI publicUrl) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8080;
  }

  /**
   * {@code observe}.
   *
   * @param workloads whether pods, Services, workloads and what else the modules show of clusters
   *     are watched, beside what is applied
   */
  public record Observe(boolean workloads) {
    public static final boolean DEFAULT_WORKLOADS = true;
  }

  /**
   * {@code limits}.
   *
   * @param opaTimeout longest time for one question to OPA
   * @param writesInFlight most writes at once to one cluster
   * @param clusterResync how often every cluster is listed and planned as a whole without an event
   * @param rollouts most workloads of one cluster that are restarted at once
   * @param rolloutTimeout how long one of them may take
   * @param webhookBytes longest body of a webhook, in bytes
   * @param webhookTimeout longest time for a webhook's body to arrive
   */
  public record Limits(
      Duration opaTimeout,
      int writesInFlight,
      Duration clusterResync,
      int rollouts,
      Duration rolloutTimeout,
      int webhookBytes,
      Duration webhookTimeout) {}
}

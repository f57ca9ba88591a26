package io.meshkeel.testbed;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A running Prometheus on loopback that scrapes the given addresses. */
public final class Prometheus implements AutoCloseable {
  /** How long it may take to be ready. */
  public static final Duration READY_TIMEOUT = Duration.ofSeconds(120);

  private final ServerProcess process;
  private final URI url;

  private Prometheus(ServerProcess process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts it; its log is {@code prometheus.log} in the folder, its data beside.
   *
   * @param every time between two scrapes
   * @param targets {@code host:port}; each is asked for {@code /metrics}
   */
  public static Prometheus start(Path binary, Path folder, Duration every, List<String> targets) {
    return start(binary, folder, every, targets, "");
  }

  /**
   * The same, that answers only who comes with this bcrypt hash's password as user {@code mesh}.
   *
   * @param hash of the password; empty: it answers everybody
   */
  public static Prometheus start(
      Path binary, Path folder, Duration every, List<String> targets, String hash) {
    Http http = new Http();
    return ServerProcess.onFreePorts(
        1,
        ports -> {
          String address = "127.0.0.1:" + ports[0];
          URI url = URI.create("http://" + address);
          ServerProcess process =
              ServerProcess.start(
                  "prometheus",
                  List.of(
                      binary.toString(),
                      "--config.file=" + settings(folder, every, targets),
                      "--web.config.file=" + web(folder, hash),
                      "--storage.tsdb.path=" + folder.resolve("data"),
                      "--web.listen-address=" + address,
                      "--log.level=warn"),
                  Map.of(),
                  folder);
          // Where a password is wanted, a refusal shows that it answers.
          process.awaitReady(
              READY_TIMEOUT,
              () -> {
                int status = http.get(url.resolve("/-/ready")).status();
                return status == 200 || !hash.isEmpty() && status == 401;
              });
          return new Prometheus(process, url);
        });
  }

  private static Path settings(Path folder, Duration every, List<String> targets)
      throws IOException {
    Files.createDirectories(folder);
    StringBuilder text = new StringBuilder();
    text.append("global:\n  scrape_interval: ").append(every.toMillis()).append("ms\n");
    text.append("  scrape_timeout: ").append(every.toMillis()).append("ms\n");
    text.append("scrape_configs:\n  - job_name: proxies\n    static_configs:\n");
    for (String target : targets) {
      text.append("      - targets: ['").append(target).append("']\n");
    }
    return Files.writeString(folder.resolve("prometheus.yaml"), text);
  }

  private static Path web(Path folder, String hash) throws IOException {
    return Files.writeString(
        folder.resolve("web.yaml"),
        hash.isEmpty() ? "" : "basic_auth_users:\n  mesh: '" + hash + "'\n");
  }

  /** The base address of its HTTP API. */
  public URI url() {
    return url;
  }

  /** Its process number. */
  public long pid() {
    return process.pid();
  }

  /** Kills it, as a crash would. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}

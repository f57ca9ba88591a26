package io.meshkeel.testbed;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A running etcd of one member on loopback, for data that may be lost. */
public final class Etcd implements AutoCloseable {
  /** How long etcd may take to be ready. */
  public static final Duration READY_TIMEOUT = Duration.ofSeconds(120);

  private final ServerProcess process;
  private final URI url;
  private final Path data;

  private Etcd(ServerProcess process, URI url, Path data) {
    this.process = process;
    this.url = url;
    this.data = data;
  }

  /** Starts etcd; its data and its log {@code etcd.log} are in the folder. */
  public static Etcd start(Path binary, Path folder) {
    Http http = new Http();
    Path data = folder.resolve("data");
    return ServerProcess.onFreePorts(
        2,
        ports -> {
          URI url = URI.create("http://127.0.0.1:" + ports[0]);
          String peers = "http://127.0.0.1:" + ports[1];
          List<String> command =
              List.of(
                  binary.toString(),
                  "--data-dir=" + data,
                  "--listen-client-urls=" + url,
                  "--advertise-client-urls=" + url,
                  "--listen-peer-urls=" + peers,
                  "--initial-advertise-peer-urls=" + peers,
                  "--initial-cluster=default=" + peers,
                  "--quota-backend-bytes=8589934592",
                  "--unsafe-no-fsync",
                  "--log-level=warn");
          BinaryCache.delete(data);
          ServerProcess process =
              ServerProcess.start("etcd", command, Map.of(), folder)
                  .awaitReady(
                      READY_TIMEOUT, () -> http.get(url.resolve("/health")).status() == 200);
          return new Etcd(process, url, data);
        });
  }

  /** The address for clients. */
  public URI url() {
    return url;
  }

  /** Its process number. */
  public long pid() {
    return process.pid();
  }

  /** Ends it and deletes its data; the log stays. */
  @Override
  public void close() {
    process.close();
    try {
      BinaryCache.delete(data);
    } catch (IOException e) {
      throw new TestbedException("cannot delete etcd's data in " + data + ": " + e.getMessage(), e);
    }
  }
}

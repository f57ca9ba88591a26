package io.meshkeel.live;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * A Prometheus.
 *
 * @param cluster the cluster whose proxies it scrapes; empty: several
 * @param url its base URL, without user and password
 * @param credential who asks
 */
public record PrometheusServer(String cluster, URI url, Credential credential) {
  /** Without a credential. */
  public PrometheusServer(String cluster, URI url) {
    this(cluster, url, Credential.NONE);
  }

  /** Who asks. Any thread. */
  @FunctionalInterface
  public interface Credential {
    /** Nobody in particular. */
    Credential NONE = Optional::empty;

    /**
     * The value of the header {@code Authorization}; asked for at each question, so that it can be
     * rotated.
     *
     * @throws IOException if it can't be had; the message names nothing of its content
     */
    Optional<String> authorization() throws IOException;
  }

  /** As messages name it. */
  String name() {
    return "the Prometheus at " + url;
  }
}

package io.meshkeel.live;

import io.meshkeel.model.ClusterName;
import java.net.URI;

/**
 * An istiod's debug endpoint.
 *
 * @param cluster the control plane cluster that it is declared for
 * @param url its base URL, without user and password
 * @param credential who asks
 */
public record IstiodServer(ClusterName cluster, URI url, PrometheusServer.Credential credential) {
  /** As messages name it. */
  String name() {
    return "the istiod at " + url;
  }
}

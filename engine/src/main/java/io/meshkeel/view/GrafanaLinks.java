package io.meshkeel.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Addresses of Istio's own dashboards (istio.io, "Visualizing Metrics with Grafana"). Their uids
 * are those of {@code manifests/addons/dashboards} of Istio: a dashboard that is made from code
 * carries its own, the service's and the workload's have the uid by which the others link to them
 * ({@code lib/istio-service.libsonnet}, {@code lib/istio-workload.libsonnet}).
 *
 * @param base URL of the Grafana
 */
record GrafanaLinks(String base) {
  private static final String MESH = "1a9a8ea49444aae205c7737573e894f9";
  private static final String CONTROL_PLANE = "1813f692a8e4ac77155348d4c7d2fba8";
  private static final String SERVICE = "3ce50c812b834468cea4e52a35e02f35";
  private static final String WORKLOAD = "fe06a478395b51cc61c8d7d7e83e2f22";

  GrafanaLinks {
    base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  String mesh() {
    return board(MESH, "istio-mesh-dashboard");
  }

  String controlPlane() {
    return board(CONTROL_PLANE, "istio-control-plane-dashboard");
  }

  /** Of the service that answers under a host. */
  String service(String host) {
    return board(SERVICE, "istio-service-dashboard") + "?var-service=" + encoded(host);
  }

  String workload(String namespace, String name) {
    return board(WORKLOAD, "istio-workload-dashboard")
        + "?var-namespace="
        + encoded(namespace)
        + "&var-workload="
        + encoded(name);
  }

  private String board(String uid, String slug) {
    return base + "/d/" + uid + "/" + slug;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

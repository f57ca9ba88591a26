package io.meshkeel.testbed.schema;

import io.meshkeel.testbed.Crds;
import java.nio.file.Path;
import java.util.List;

/**
 * A published set of definitions and the file its reduction goes to.
 *
 * @param name the name of the reduced file, without {@code .json}
 * @param release major and minor number
 * @param module the Go module
 * @param version the module's version, without the {@code v}
 * @param file the file or folder within the module
 */
record SchemaSource(String name, String release, String module, String version, String file) {
  /** Every set that is supported, the newest patch of each release that the proxy serves. */
  static final List<SchemaSource> ALL =
      List.of(
          istio("1.29", "1.29.6"),
          istio("1.30", "1.30.3"),
          istio("1.31", "1.31.1"),
          new SchemaSource(
              "gateway-1.6",
              "1.6",
              "sigs.k8s.io/gateway-api",
              Crds.GATEWAY,
              "config/crd/standard"));

  /** The published definitions as one YAML file. */
  Path published(Crds crds) {
    return module.equals("istio.io/api") ? crds.istio(version) : crds.gateway(version);
  }

  private static SchemaSource istio(String release, String version) {
    return new SchemaSource(
        "istio-" + release,
        release,
        "istio.io/api",
        version,
        "kubernetes/customresourcedefinitions.gen.yaml");
  }
}

package io.meshkeel.policy.admission;

import java.util.List;

/** The TLS settings of a server of a Gateway or of an ingress listener of a Sidecar. */
final class ServerTls {
  private static final List<String> CERTIFICATES =
      List.of(
          "serverCertificate",
          "privateKey",
          "caCertificates",
          "tlsCertificates",
          "credentialName",
          "credentialNames");

  private ServerTls() {}

  /** The mode, {@code PASSTHROUGH} where none is written. */
  static String mode(Node tls) {
    String mode = tls.text("mode");
    return mode.isEmpty() ? "PASSTHROUGH" : mode;
  }

  static boolean passesThrough(Node tls) {
    String mode = mode(tls);
    return mode.equals("PASSTHROUGH") || mode.equals("AUTO_PASSTHROUGH");
  }

  static void check(Node tls, Refusals refusals) {
    if (!tls.is()) {
      return;
    }
    String mode = mode(tls);
    if (mode.equals("ISTIO_MUTUAL")) {
      for (String field : CERTIFICATES) {
        if (!tls.at(field).none()) {
          refusals.add(
              tls.at(field),
              "with ISTIO_MUTUAL Istio's own certificates are used, so '" + field + "' must not be",
              "remove it, or use another mode");
        }
      }
      return;
    }
    boolean named = !tls.at("credentialName").none() || !tls.at("credentialNames").none();
    oneSource(tls, refusals);
    boolean mutual = mode.equals("MUTUAL") || mode.equals("OPTIONAL_MUTUAL");
    if ((mode.equals("SIMPLE") || mutual) && named) {
      return;
    }
    if (mutual && tls.text("caCertificates").isEmpty()) {
      missing(tls, "caCertificates", mode, refusals);
    }
    if (mode.equals("SIMPLE") || mutual) {
      List<Node> certificates = tls.at("tlsCertificates").each();
      for (Node each : certificates.isEmpty() ? List.of(tls) : certificates) {
        if (each.text("serverCertificate").isEmpty()) {
          missing(each, "serverCertificate", mode, refusals);
        }
        if (each.text("privateKey").isEmpty()) {
          missing(each, "privateKey", mode, refusals);
        }
      }
    }
    if (!tls.text("caCrl").isEmpty()
        && (mode.equals("SIMPLE") || !tls.text("credentialName").isEmpty())) {
      refusals.add(
          tls.at("caCrl"),
          "a list of revoked certificates has no place beside credentialName or mode SIMPLE",
          "put it into the credential, or remove it");
    }
  }

  private static void missing(Node tls, String field, String mode, Refusals refusals) {
    refusals.add(
        tls.at(field),
        "mode " + mode + " needs '" + field + "', or a credentialName",
        "write credentialName with the name of a Secret");
  }

  private static void oneSource(Node tls, Refusals refusals) {
    boolean files = !tls.text("serverCertificate").isEmpty() && !tls.text("privateKey").isEmpty();
    int sources =
        (files ? 1 : 0)
            + (tls.text("credentialName").isEmpty() ? 0 : 1)
            + (tls.at("credentialNames").any() ? 1 : 0)
            + (tls.at("tlsCertificates").any() ? 1 : 0);
    if (sources > 1) {
      refusals.add(
          tls,
          "its certificates come from more than one of credentialName, credentialNames,"
              + " serverCertificate with privateKey, and tlsCertificates",
          "keep one of them");
    }
  }
}

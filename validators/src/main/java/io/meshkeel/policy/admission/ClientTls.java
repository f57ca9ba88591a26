package io.meshkeel.policy.admission;

import java.util.List;

/** The TLS settings of a DestinationRule. */
final class ClientTls {
  private static final String CONFIG_MAP = "configmap://";

  private ClientTls() {}

  static void check(Node tls, String namespace, Refusals refusals) {
    if (!tls.is()) {
      return;
    }
    String mode = tls.text("mode");
    String credential = tls.text("credentialName");
    boolean simple = mode.equals("SIMPLE");
    boolean mutual = mode.equals("MUTUAL");
    if (credential.startsWith(CONFIG_MAP)) {
      configMap(tls.at("credentialName"), namespace, refusals);
    }
    if (tls.flag("insecureSkipVerify")) {
      boolean authority =
          !tls.text("caCertificates").isEmpty()
              || tls.at("subjectAltNames").any()
              || (simple && !credential.isEmpty());
      if ((simple || mutual) && authority) {
        refusals.add(
            tls.at("insecureSkipVerify"),
            "the server's certificate isn't verified, and yet it is said what to verify it with",
            "remove insecureSkipVerify, or caCertificates, credentialName and subjectAltNames");
      }
    }
    if ((simple || mutual) && !credential.isEmpty()) {
      for (String file : List.of("clientCertificate", "caCertificates", "privateKey", "caCrl")) {
        if (!tls.text(file).isEmpty()) {
          refusals.add(
              tls.at(file),
              "'" + file + "' stands beside credentialName, which brings it",
              "keep one of the two");
        }
      }
      return;
    }
    if (mutual) {
      for (String file : List.of("clientCertificate", "privateKey")) {
        if (tls.text(file).isEmpty()) {
          refusals.add(
              tls.at(file),
              "mode MUTUAL needs '" + file + "', or a credentialName",
              "write it, or credentialName");
        }
      }
    }
  }

  private static void configMap(Node credential, String namespace, Refusals refusals) {
    String[] parts = credential.text().substring(CONFIG_MAP.length()).split("/", -1);
    if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      refusals.value(credential, "names no ConfigMap", "write configmap://namespace/name");
    } else if (!parts[0].equals(namespace)) {
      refusals.value(
          credential,
          "is in another namespace than the rule",
          "use a ConfigMap in namespace " + namespace);
    }
  }
}

package io.meshkeel.policy.admission;

import io.meshkeel.policy.text.GoUrl;
import java.util.Optional;
import java.util.Set;

/** {@code ValidateRequestAuthentication} and {@code ValidatePeerAuthentication}. */
final class Authentications {
  private Authentications() {}

  static void request(Subject subject, Refusals refusals) {
    Selectors.policy(subject.spec(), refusals);
    subject.spec().at("jwtRules").each().forEach(rule -> rule(rule, refusals));
  }

  private static void rule(Node rule, Refusals refusals) {
    for (String field : new String[] {"audiences", "fromParams", "fromCookies"}) {
      for (Node value : rule.at(field).each()) {
        if (value.text().isEmpty()) {
          refusals.add(value, "'" + field + "' has an empty value", "write it");
        }
      }
    }
    if (rule.text("issuer").isEmpty() && uri(rule).text().isEmpty()) {
      refusals.add(rule, "a rule needs an issuer or jwksUri", "write issuer");
    }
    if (!uri(rule).text().isEmpty()) {
      uri(uri(rule), refusals);
    }
    if (!rule.text("jwks").isEmpty()) {
      Jwks.problem(rule.text("jwks"))
          .ifPresent(problem ->
              refusals.add(
                  rule.at("jwks"),
                  "the key set " + problem,
                  "write a JSON Web Key Set: {\"keys\": [...]}"));
    }
    for (Node header : rule.at("fromHeaders").each()) {
      if (header.text("name").isEmpty()) {
        refusals.add(header.at("name"), "a header needs a name", "write it");
      }
    }
    for (Node output : rule.at("outputClaimToHeaders").each()) {
      if (output.text("claim").isEmpty() || output.text("header").isEmpty()) {
        refusals.add(output, "'outputClaimToHeaders' needs claim and header", "write both");
      } else {
        Headers.strict(output.at("header"), refusals);
      }
    }
    Values.duration(rule.at("timeout"), refusals);
  }

  /** The field has two spellings. */
  private static Node uri(Node rule) {
    return rule.has("jwksUri") ? rule.at("jwksUri") : rule.at("jwks_uri");
  }

  private static void uri(Node uri, Refusals refusals) {
    Optional<GoUrl> url = GoUrl.parse(uri.text());
    boolean right =
        url.isPresent()
            && Set.of("http", "https").contains(url.get().scheme())
            && url.get().port().length() <= 18;
    if (!right) {
      refusals.value(uri, "is no URL that keys are fetched from", "write an http or https URL");
    }
  }

  static void peer(Subject subject, Refusals refusals) {
    Node spec = subject.spec();
    Node ports = spec.at("portLevelMtls");
    if (!spec.at("selector", "matchLabels").any() && ports.any()) {
      refusals.add(
          spec, "ports need a selector: a policy for a whole namespace has none", "write one");
    }
    if (ports.is() && !ports.any()) {
      refusals.add(ports, "'portLevelMtls' is empty", "write a port, or remove it");
    }
    for (Node port : ports.each()) {
      // Read as a number of JSON, so without leading zeros.
      String number = port.key().strip();
      if (!number.matches("[1-9][0-9]{0,9}") || Long.parseLong(number) > 65_535) {
        refusals.add(
            port,
            "'" + Refusals.shortened(port.key()) + "' is no port",
            "write a port from 1 to 65535");
      }
    }
    Selectors.labels(spec.at("selector", "matchLabels"), refusals);
  }
}

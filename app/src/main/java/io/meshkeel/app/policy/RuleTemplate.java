package io.meshkeel.app.policy;

import io.meshkeel.app.CommandException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A rule to start from: routes of VirtualServices need a timeout.
 *
 * @param rule its id
 * @param packageName of Rego
 * @param file name of its files, without ending
 * @param style how it is written
 */
record RuleTemplate(String rule, String packageName, String file, Style style) {
  private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Pattern RESERVED =
      Pattern.compile("[MSDWP][0-9]+", Pattern.CASE_INSENSITIVE);
  private static final Pattern PACKAGE =
      Pattern.compile("[a-z_][a-z0-9_]{0,63}(\\.[a-z_][a-z0-9_]{0,63}){0,7}");

  /** How a rule is written. */
  enum Style {
    library,
    conftest
  }

  /**
   * @throws CommandException if that can't be an id
   */
  static RuleTemplate of(String id, Style style) throws CommandException {
    if (style == Style.library) {
      if (!ID.matcher(id).matches() || RESERVED.matcher(id).matches()) {
        throw CommandException.brokenInput(
            "'"
                + id
                + "' can't be the id of a rule. Fix: use letters, digits and dashes, for example"
                + " ORG-7; M, S, D, W or P with a number are Meshkeel's own");
      }
      String name = id.toLowerCase(Locale.ROOT).replace('-', '_');
      return new RuleTemplate(id, "meshkeel.rules." + name, name, style);
    }
    if (!PACKAGE.matcher(id).matches() || id.matches("(meshkeel|system|data|input)(\\..*)?")) {
      throw CommandException.brokenInput(
          "'"
              + id
              + "' can't be a package of yours. Fix: write small letters and dots, for example"
              + " org.timeouts");
    }
    return new RuleTemplate(id + ".deny", id, id.replace('.', '_'), style);
  }

  /** The files by their paths below the repository's root. */
  Map<String, String> files() {
    String path = "policies/" + file;
    Map<String, String> files = new LinkedHashMap<>();
    files.put(path + ".rego", fill(style == Style.library ? LIBRARY : CONFTEST));
    files.put(path + "_test.rego", fill(style == Style.library ? LIBRARY_TEST : CONFTEST_TEST));
    files.put(path + "_cases.yaml", fill(CASES));
    return files;
  }

  private String fill(String template) {
    String last = packageName.substring(packageName.lastIndexOf('.') + 1);
    return template
        .replace("@RULE@", rule)
        .replace("@PACKAGE@", packageName)
        .replace("@NAME@", last);
  }

  private static final String LIBRARY =
      """
      # METADATA
      # title: A route without a timeout
      # description: Say why it matters.
      # custom:
      #   id: @RULE@
      #   severity: warn
      #   kinds: [VirtualService.networking.istio.io]
      #   message: "the route to {hosts} has no timeout"
      #   remediation: Write timeout
      package @PACKAGE@

      import data.meshkeel.lib.objects

      findings contains finding if {
      	some item in objects.of("VirtualService.networking.istio.io")
      	some i, route in item.resource.spec.http
      	not route.timeout
      	finding := {
      		"resource": item.key,
      		"path": ["spec", "http", i],
      		"params": {"hosts": [target.destination.host | some target in route.route]},
      	}
      }
      """;

  private static final String LIBRARY_TEST =
      """
      package @PACKAGE@_test

      import data.@PACKAGE@

      question(route) := {"resources": {"VirtualService.networking.istio.io": [{
      	"key": "VirtualService.networking.istio.io/shop/reviews",
      	"resource": {"spec": {"http": [route]}},
      }]}}

      test_fires_without_a_timeout if {
      	count(@NAME@.findings) == 1 with input as question({"route": [{"destination": {"host": "reviews"}}]})
      }

      test_silent_with_a_timeout if {
      	count(@NAME@.findings) == 0 with input as question({"timeout": "3s"})
      }
      """;

  private static final String CONFTEST =
      """
      # METADATA
      # title: A route without a timeout
      # custom:
      #   kinds: [VirtualService.networking.istio.io]
      package @PACKAGE@

      deny contains finding if {
      	some i, route in input.spec.http
      	not route.timeout
      	finding := {
      		"msg": "a route has no timeout",
      		"_loc": ["spec", "http", i],
      		"remediation": "write timeout",
      	}
      }
      """;

  private static final String CONFTEST_TEST =
      """
      package @PACKAGE@_test

      import data.@PACKAGE@

      test_fires_without_a_timeout if {
      	count(@NAME@.deny) == 1 with input as {"spec": {"http": [{"route": []}]}}
      }

      test_silent_with_a_timeout if {
      	count(@NAME@.deny) == 0 with input as {"spec": {"http": [{"timeout": "3s"}]}}
      }
      """;

  private static final String CASES =
      """
      rule: @RULE@
      bad:
        - name: a route has no timeout
          documents:
            - apiVersion: networking.istio.io/v1
              kind: VirtualService
              metadata: {name: reviews, namespace: shop}
              spec:
                hosts: [reviews]
                http:
                  - timeout: 3s
                    route: [{destination: {host: reviews}}]
                  - route: [{destination: {host: reviews}}]
          at: spec.http[1]
      good:
        - name: every route has one
          documents:
            - apiVersion: networking.istio.io/v1
              kind: VirtualService
              metadata: {name: reviews, namespace: shop}
              spec:
                hosts: [reviews]
                http:
                  - timeout: 3s
                    route: [{destination: {host: reviews}}]
      """;
}

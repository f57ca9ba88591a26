package io.meshkeel.facts.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.facts.MeshSpecs;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Compares the verdict on a port with single requests, each judged by the text of Istio's
 * documentation: if nobody may call, none passes; if anyone may, all do.
 */
final class AccessPropertyTest {
  private static final List<String> NAMESPACES = List.of("ops", "dev", "");
  private static final List<String> METHODS = List.of("GET", "POST");

  /** One request; on a TCP port there is no method, without mTLS no namespace. */
  record Request(String namespace, String method, boolean http) {}

  @Property(tries = 1500)
  void theVerdictHoldsForEveryRequest(@ForAll long seed) {
    Random random = new Random(seed);
    boolean http = random.nextBoolean();
    MtlsMode mode = random.nextInt(4) == 0 ? MtlsMode.DISABLE : MtlsMode.PERMISSIVE;
    List<Manifest> policies = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      policies.add(policy(random, "p" + i));
    }

    Access access =
        Authorizations.of(MeshSpecs.revision("default"), policies)
            .access("shop", Map.of("app", "web"), Proxy.Role.SIDECAR, 8080, http, mode);

    int passed = 0;
    int all = 0;
    for (String namespace : mode == MtlsMode.DISABLE ? List.of("") : NAMESPACES) {
      for (String method : METHODS) {
        all++;
        passed += passes(policies, new Request(namespace, method, http)) ? 1 : 0;
      }
    }
    switch (access.verdict()) {
      case NOBODY -> assertThat(passed).as(access + " " + policies).isZero();
      case ANYONE -> assertThat(passed).as(access + " " + policies).isEqualTo(all);
      case SOME -> assertThat(access.words()).isNotEqualTo("any caller").isNotEqualTo("nobody");
    }
    assertThat(access.words()).hasSizeLessThanOrEqualTo(AccessWords.MAX_LENGTH);
  }

  private static Manifest policy(Random random, String name) {
    List<Object> rules = new ArrayList<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      Map<String, Object> rule = new HashMap<>();
      if (random.nextBoolean()) {
        rule.put("from", items(random, "source", "namespaces", "notNamespaces", NAMES));
      }
      if (random.nextBoolean()) {
        rule.put(
            "to",
            random.nextBoolean()
                ? items(random, "operation", "ports", "notPorts", List.of("8080", "9090"))
                : items(random, "operation", "methods", "notMethods", METHODS));
      }
      rules.add(rule);
    }
    return Manifest.of(
        Map.of(
            "apiVersion",
            "security.istio.io/v1",
            "kind",
            "AuthorizationPolicy",
            "metadata",
            Map.of("namespace", "shop", "name", name),
            "spec",
            Map.of("action", random.nextBoolean() ? "ALLOW" : "DENY", "rules", rules)));
  }

  private static final List<String> NAMES = List.of("ops", "dev");

  private static List<Object> items(
      Random random, String holder, String field, String not, List<String> values) {
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(2); i++) {
      items.add(
          Map.of(
              holder,
              Map.of(
                  random.nextInt(3) == 0 ? not : field,
                  List.of(values.get(random.nextInt(values.size()))))));
    }
    return items;
  }

  private static boolean passes(List<Manifest> policies, Request request) {
    boolean allowExists = false;
    boolean allowed = false;
    for (Manifest policy : policies) {
      boolean deny = "DENY".equals(policy.spec().get("action"));
      allowExists |= !deny;
      for (Map<String, Object> rule : JsonTree.maps(policy.spec(), "rules")) {
        boolean matches = matches(rule, request, deny);
        if (deny && matches) {
          return false;
        }
        allowed |= !deny && matches;
      }
    }
    return !allowExists || allowed;
  }

  private static boolean matches(Map<String, Object> rule, Request request, boolean deny) {
    if (!request.http() && !deny && rule.toString().toLowerCase(Locale.ROOT).contains("methods")) {
      return false;
    }
    return any(rule, "from", "source", request) && any(rule, "to", "operation", request);
  }

  private static boolean any(
      Map<String, Object> rule, String list, String holder, Request request) {
    List<Map<String, Object>> items = JsonTree.maps(rule, list);
    return items.isEmpty()
        || items.stream().anyMatch(item -> holds(JsonTree.map(item, holder), request));
  }

  private static boolean holds(Map<String, Object> fields, Request request) {
    boolean holds = true;
    for (String field : fields.keySet()) {
      List<String> values = JsonTree.strings(fields, field);
      holds &=
          switch (field) {
            case "namespaces" -> values.contains(request.namespace());
            case "notNamespaces" -> !values.contains(request.namespace());
            case "ports" -> values.contains("8080");
            case "notPorts" -> !values.contains("8080");
            case "methods" -> !request.http() || values.contains(request.method());
            default -> !request.http() || !values.contains(request.method());
          };
    }
    return holds;
  }
}

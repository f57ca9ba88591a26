package io.meshkeel.facts.joined;

import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Fields of an AuthorizationPolicy's rules, with their places. */
final class PolicyFields {
  private static final Set<String> HTTP_SOURCE =
      Set.of("requestPrincipals", "notRequestPrincipals");
  private static final Set<String> HTTP_OPERATION =
      Set.of("hosts", "notHosts", "methods", "notMethods", "paths", "notPaths");
  private static final Set<String> IDENTITY =
      Set.of(
          "principals",
          "notPrincipals",
          "namespaces",
          "notNamespaces",
          "serviceAccounts",
          "notServiceAccounts",
          "trustDomains",
          "notTrustDomains");
  private static final Set<String> IDENTITY_KEYS =
      Set.of("source.principal", "source.namespace", "source.serviceAccount", "source.trustDomain");
  private static final Set<String> ACCOUNTS =
      Set.of("principals", "notPrincipals", "serviceAccounts", "notServiceAccounts");
  private static final Set<String> ADDRESS = Set.of("ipBlocks", "notIpBlocks");

  private PolicyFields() {}

  /**
   * A field.
   *
   * @param path where it stands
   * @param name as {@code when} or the rule calls it
   * @param values its strings
   */
  record Field(List<Object> path, String name, List<String> values) {}

  /** Those that only an HTTP request has. */
  static List<Field> http(Map<String, Object> spec, int rule) {
    return fields(
        spec,
        rule,
        name -> HTTP_SOURCE.contains(name) || HTTP_OPERATION.contains(name),
        key -> key.startsWith("request."));
  }

  /** Those that need a caller's certificate. */
  static List<Field> identity(Map<String, Object> spec, int rule) {
    return fields(spec, rule, IDENTITY::contains, IDENTITY_KEYS::contains);
  }

  /** Those that compare the address of the connection. */
  static List<Field> address(Map<String, Object> spec, int rule) {
    return fields(spec, rule, ADDRESS::contains, "source.ip"::equals);
  }

  /** Those that ask for a token. */
  static List<Field> token(Map<String, Object> spec, int rule) {
    return fields(spec, rule, HTTP_SOURCE::contains, key -> key.startsWith("request.auth."));
  }

  /** Those of the caller's certificate that name service accounts; the place is the list's. */
  static List<Field> accounts(Map<String, Object> spec, int rule) {
    List<Field> found = new ArrayList<>(fields(spec, rule, ACCOUNTS::contains, key -> false));
    List<Map<String, Object>> when = JsonTree.maps(JsonTree.maps(spec, "rules").get(rule), "when");
    for (int i = 0; i < when.size(); i++) {
      String key = JsonTree.string(when.get(i), "key", "");
      if (Set.of("source.principal", "source.serviceAccount").contains(key)) {
        for (String list : List.of("values", "notValues")) {
          List<Object> at = List.of("spec", "rules", rule, "when", i, list);
          found.add(new Field(at, key, JsonTree.strings(when.get(i), list)));
        }
      }
    }
    return found;
  }

  static int rules(Map<String, Object> spec) {
    return JsonTree.maps(spec, "rules").size();
  }

  private static List<Field> fields(
      Map<String, Object> spec, int rule, Predicate<String> names, Predicate<String> keys) {
    Map<String, Object> written = JsonTree.maps(spec, "rules").get(rule);
    List<Object> at = List.of("spec", "rules", rule);
    List<Field> found = new ArrayList<>();
    nested(written, at, "from", "source", names, found);
    nested(written, at, "to", "operation", names, found);
    List<Map<String, Object>> when = JsonTree.maps(written, "when");
    for (int i = 0; i < when.size(); i++) {
      String key = JsonTree.string(when.get(i), "key", "");
      if (keys.test(key)) {
        List<String> values = new ArrayList<>(JsonTree.strings(when.get(i), "values"));
        found.add(new Field(path(at, "when", i, "key"), key, values));
      }
    }
    return found;
  }

  private static void nested(
      Map<String, Object> rule,
      List<Object> at,
      String list,
      String holder,
      Predicate<String> names,
      List<Field> found) {
    List<Map<String, Object>> items = JsonTree.maps(rule, list);
    for (int i = 0; i < items.size(); i++) {
      Map<String, Object> fields = JsonTree.map(items.get(i), holder);
      for (String name : fields.keySet().stream().sorted().toList()) {
        if (names.test(name) && !JsonTree.strings(fields, name).isEmpty()) {
          found.add(
              new Field(path(at, list, i, holder, name), name, JsonTree.strings(fields, name)));
        }
      }
    }
  }

  static List<Object> path(List<Object> from, Object... more) {
    List<Object> longer = new ArrayList<>(from);
    longer.addAll(List.of(more));
    return List.copyOf(longer);
  }
}

package io.meshkeel.facts;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonTree;
import java.util.Map;

/**
 * A RequestAuthentication.
 *
 * @param selector labels of the workloads that take it; empty for all of its namespace, or of the
 *     mesh in the root namespace
 * @param targeted it is for Gateway API objects or services instead
 */
public record RequestAuthenticationView(
    Declaration declaration, Map<String, Object> selector, boolean targeted) implements ObjectView {
  static RequestAuthenticationView of(Declaration declaration) {
    Map<String, Object> spec = declaration.manifest().spec();
    return new RequestAuthenticationView(
        declaration,
        JsonTree.map(JsonTree.map(spec, "selector"), "matchLabels"),
        !JsonTree.map(spec, "targetRef").isEmpty() || !JsonTree.maps(spec, "targetRefs").isEmpty());
  }

  /** Whether it has rules; without any it changes nothing. */
  boolean checksTokens() {
    return !JsonTree.maps(declaration.manifest().spec(), "jwtRules").isEmpty();
  }
}

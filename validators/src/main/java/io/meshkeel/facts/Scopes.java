package io.meshkeel.facts;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The namespaces that see an object, from its {@code exportTo}: {@code initVirtualServices} in
 * {@code pilot/pkg/model/push_context.go} of istio/istio, release 1.31. No {@code exportTo} means
 * every namespace, {@code .} the object's own, {@code *} every one whatever else is listed, {@code
 * ~} none.
 *
 * @param everywhere every namespace sees it
 * @param namespaces those that do, where not every one does
 */
public record Scopes(boolean everywhere, Set<String> namespaces) {
  /** Seen by every namespace. */
  public static final Scopes EVERYWHERE = new Scopes(true, Set.of());

  public Scopes {
    namespaces = Set.copyOf(namespaces);
  }

  /**
   * @param exportTo as declared
   * @param namespace of the object
   */
  public static Scopes of(List<String> exportTo, String namespace) {
    if (exportTo.isEmpty() || exportTo.contains("*")) {
      return EVERYWHERE;
    }
    Set<String> namespaces = new LinkedHashSet<>();
    if (!exportTo.contains("~")) {
      for (String scope : exportTo) {
        namespaces.add(scope.equals(".") ? namespace : scope);
      }
    }
    return new Scopes(false, namespaces);
  }

  /** Whether objects and proxies of this namespace see it. */
  public boolean includes(String namespace) {
    return everywhere || namespaces.contains(namespace);
  }

  /** Whether some namespace sees both. */
  public boolean meets(Scopes other) {
    if (everywhere) {
      return other.everywhere || !other.namespaces.isEmpty();
    }
    if (other.everywhere) {
      return !namespaces.isEmpty();
    }
    return namespaces.stream().anyMatch(other.namespaces::contains);
  }

  /** Seen by no namespace but this one. */
  public boolean onlyWithin(String namespace) {
    return !everywhere && namespaces.size() <= 1 && Set.of(namespace).containsAll(namespaces);
  }
}

package io.meshkeel.plan;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which objects of a kind are about a host: by equal name, or by a wildcard {@code *.suffix}. */
final class HostIndex {
  private record Name(GroupKind kind, String host) {}

  private final Map<Name, List<ResourceKey>> keys = new HashMap<>();

  void add(ResourceKey key, Set<String> hosts) {
    for (String host : hosts) {
      keys.computeIfAbsent(new Name(key.groupKind(), host), _ -> new ArrayList<>()).add(key);
    }
  }

  Set<ResourceKey> about(GroupKind kind, String host) {
    Set<ResourceKey> found = new HashSet<>(named(kind, host));
    if (!keys.isEmpty()) {
      for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
        found.addAll(named(kind, "*" + host.substring(dot)));
      }
      found.addAll(named(kind, "*"));
    }
    return found;
  }

  private List<ResourceKey> named(GroupKind kind, String host) {
    return keys.getOrDefault(new Name(kind, host), List.of());
  }
}

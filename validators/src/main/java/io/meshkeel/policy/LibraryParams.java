package io.meshkeel.policy;

import io.meshkeel.model.MeshName;
import io.meshkeel.model.PolicySettings;
import io.meshkeel.model.PolicySettings.Setting;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What settings say of parameters of the library's rules within one mesh. The narrowest scope wins
 * parameter by parameter; a setting for one cluster says nothing of parameters, as with rules of a
 * repository's own. Pure.
 */
final class LibraryParams {
  /** Stands for every namespace that isn't named. */
  static final String ELSEWHERE = "";

  private LibraryParams() {}

  /**
   * By rule, then by namespace, what is set.
   *
   * @param rules ids of those that have parameters
   */
  static Map<String, Map<String, Map<String, Object>>> of(
      PolicySettings settings, MeshName mesh, Set<String> rules) {
    Map<String, Map<String, Map<String, Object>>> all = new TreeMap<>();
    for (String rule : rules) {
      List<Setting> own =
          settings.rules().stream()
              .filter(setting ->
                  setting.rule().equals(rule)
                      && !setting.params().isEmpty()
                      && setting.scope().cluster().isEmpty()
                      && setting.scope().mesh().map(mesh::equals).orElse(true))
              .sorted(Comparator.comparingInt(setting -> setting.scope().narrowness()))
              .toList();
      if (!own.isEmpty()) {
        all.put(rule, byNamespace(own));
      }
    }
    return all;
  }

  private static Map<String, Map<String, Object>> byNamespace(List<Setting> settings) {
    TreeSet<String> namespaces = new TreeSet<>(Set.of(ELSEWHERE));
    settings.forEach(setting -> setting.scope().namespace().ifPresent(namespaces::add));
    Map<String, Map<String, Object>> all = new TreeMap<>();
    for (String namespace : namespaces) {
      Map<String, Object> params = new HashMap<>();
      for (Setting setting : settings) {
        if (setting.scope().namespace().map(namespace::equals).orElse(true)) {
          params.putAll(setting.params());
        }
      }
      all.put(namespace, Map.copyOf(params));
    }
    return all;
  }
}

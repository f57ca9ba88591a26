package io.meshkeel.facts;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonTree;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A ServiceEntry: each of its hosts is a service in its namespace.
 *
 * @param hosts {@code spec.hosts}; Istio doesn't expand them
 * @param ports protocol by number, in upper case
 * @param scopes the namespaces that see it
 */
public record ServiceEntryView(
    Declaration declaration, List<String> hosts, SortedMap<Long, String> ports, Scopes scopes)
    implements ObjectView {
  static ServiceEntryView of(Declaration declaration) {
    Map<String, Object> spec = declaration.manifest().spec();
    SortedMap<Long, String> ports = new TreeMap<>();
    for (Map<String, Object> port : JsonTree.maps(spec, "ports")) {
      if (port.get("number") instanceof Long number) {
        ports.put(number, JsonTree.string(port, "protocol", "").toUpperCase(Locale.ROOT));
      }
    }
    return new ServiceEntryView(
        declaration,
        JsonTree.strings(spec, "hosts"),
        Collections.unmodifiableSortedMap(ports),
        Scopes.of(JsonTree.strings(spec, "exportTo"), declaration.manifest().key().namespace()));
  }
}

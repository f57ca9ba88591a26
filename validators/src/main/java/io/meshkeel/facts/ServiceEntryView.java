package io.meshkeel.facts;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A ServiceEntry: each of its hosts is a service in its namespace.
 *
 * @param hosts {@code spec.hosts}; Istio doesn't expand them
 * @param ports in their order
 * @param scopes the namespaces that see it
 */
public record ServiceEntryView(
    Declaration declaration, List<String> hosts, List<Port> ports, Scopes scopes)
    implements ObjectView {

  /**
   * A port.
   *
   * @param index in the list, from 0; a port without a number is left out
   * @param protocol in upper case
   */
  public record Port(int index, long number, String protocol) {}

  static ServiceEntryView of(Declaration declaration) {
    Map<String, Object> spec = declaration.manifest().spec();
    List<Port> ports = new ArrayList<>();
    List<Map<String, Object>> written = JsonTree.maps(spec, "ports");
    for (int i = 0; i < written.size(); i++) {
      Map<String, Object> port = written.get(i);
      if (port.get("number") instanceof Long number) {
        String protocol = JsonTree.string(port, "protocol", "");
        ports.add(new Port(i, number, protocol.toUpperCase(Locale.ROOT)));
      }
    }
    return new ServiceEntryView(
        declaration,
        JsonTree.strings(spec, "hosts"),
        List.copyOf(ports),
        Scopes.of(JsonTree.strings(spec, "exportTo"), declaration.manifest().key().namespace()));
  }
}

package io.meshkeel.facts;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.JsonTree;
import java.util.List;

/**
 * A ServiceEntry: each of its hosts is a service in its namespace.
 *
 * @param hosts {@code spec.hosts}; Istio doesn't expand them
 */
public record ServiceEntryView(Declaration declaration, List<String> hosts) implements ObjectView {
  static ServiceEntryView of(Declaration declaration) {
    return new ServiceEntryView(
        declaration, JsonTree.strings(declaration.manifest().spec(), "hosts"));
  }
}

package io.meshkeel.app.config;

import io.meshkeel.declaration.PositionedYaml;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, with places. */
final class Mistakes {
  private static final String ID = "C001";

  private final PositionedYaml yaml;
  private final List<Finding> found;

  Mistakes(PositionedYaml yaml) {
    this.yaml = yaml;
    this.found = new ArrayList<>(yaml.problems());
  }

  void add(JsonPath path, String message, String remediation) {
    found.add(
        new Finding(
            ID, Severity.ERROR, message, null, null, path, yaml.position(path), remediation));
  }

  void check() throws ConfigException {
    if (!found.isEmpty()) {
      throw new ConfigException(found);
    }
  }
}

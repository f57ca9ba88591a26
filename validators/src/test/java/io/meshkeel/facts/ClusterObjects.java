package io.meshkeel.facts;

import io.meshkeel.declaration.PositionedYaml;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Kubernetes objects as the text of tests writes them. */
public final class ClusterObjects {
  private ClusterObjects() {}

  /** The objects of a text, with {@code ---} between them. */
  public static List<Manifest> objects(String yaml) {
    List<Manifest> objects = new ArrayList<>();
    for (String document : yaml.split("(?m)^---$", -1)) {
      if (!document.isBlank()) {
        objects.add(object(document));
      }
    }
    return objects;
  }

  /** One object. */
  public static Manifest object(String yaml) {
    PositionedYaml read =
        PositionedYaml.read("objects.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    if (!read.problems().isEmpty()) {
      throw new IllegalArgumentException(read.problems().toString());
    }
    return Manifest.of(read.root());
  }

  /** A cluster that holds the objects of a text, and in which no other kind was looked at. */
  public static ClusterInventory cluster(String name, String yaml) {
    return ClusterInventory.of(new ClusterName(name), Set.of(), objects(yaml));
  }

  /** The same, with kinds that were looked at and may have no objects. */
  public static ClusterInventory cluster(String name, Set<GroupKind> looked, String yaml) {
    return ClusterInventory.of(new ClusterName(name), looked, objects(yaml));
  }
}

package io.meshkeel.declaration;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Waiver;
import java.time.LocalDate;
import java.util.Map;

/** Reads a Waiver that was found sound. */
final class WaiverReader {
  /** Where waivers lie, so that who may review them can be told by folder. */
  static final String FOLDER = "waivers/";

  private WaiverReader() {}

  static Waiver read(String name, SourcePosition position, Map<String, Object> tree) {
    Map<String, Object> spec = JsonTree.map(tree, "spec");
    Map<String, Object> match = JsonTree.map(spec, "match");
    return new Waiver(
        name,
        position,
        JsonTree.string(spec, "rule", ""),
        new Waiver.Match(
            OwnKinds.text(match, "mesh").map(MeshName::new),
            OwnKinds.text(match, "cluster").map(ClusterName::new),
            OwnKinds.text(match, "kind"),
            OwnKinds.text(match, "namespace"),
            OwnKinds.text(match, "name"),
            OwnKinds.text(match, "path")),
        JsonTree.string(spec, "reason", ""),
        OwnKinds.text(spec, "ticket"),
        JsonTree.string(spec, "owner", ""),
        LocalDate.parse(JsonTree.string(spec, "expires", "")));
  }
}

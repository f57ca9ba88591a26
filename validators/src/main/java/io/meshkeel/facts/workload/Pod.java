package io.meshkeel.facts.workload;

import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import java.util.Map;

/**
 * A pod that was seen.
 *
 * @param name its name
 * @param shape what its template has too
 * @param node the node it runs on; empty if it isn't scheduled
 * @param created {@code metadata.creationTimestamp} as written; empty if none
 * @param finished it ended, well or not: {@code CheckPodTerminal} in {@code pkg/kube/util.go}
 * @param ready its condition {@code Ready} is true
 */
public record Pod(
    String name, PodShape shape, String node, String created, boolean finished, boolean ready) {

  /** Reads a Pod. */
  public static Pod of(Manifest manifest) {
    Map<String, Object> status = JsonTree.map(manifest.content(), "status");
    String phase = JsonTree.string(status, "phase", "");
    return new Pod(
        manifest.key().name(),
        PodShape.of(manifest.content()),
        JsonTree.string(manifest.spec(), "nodeName", ""),
        JsonTree.string(manifest.metadata(), "creationTimestamp", ""),
        phase.equals("Succeeded") || phase.equals("Failed"),
        JsonTree.maps(status, "conditions").stream()
            .anyMatch(condition ->
                JsonTree.string(condition, "type", "").equals("Ready")
                    && JsonTree.string(condition, "status", "").equals("True")));
  }
}

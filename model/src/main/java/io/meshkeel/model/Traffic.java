package io.meshkeel.model;

import java.util.List;

/**
 * Traffic that was observed in a mesh.
 *
 * @param taken when, RFC 3339; empty if it isn't said
 * @param edges who calls whom, in {@link TrafficEdge#ORDER}
 */
public record Traffic(String taken, List<TrafficEdge> edges) {
  public Traffic {
    edges = edges.stream().sorted(TrafficEdge.ORDER).toList();
  }
}

package io.meshkeel.kube;

import io.meshkeel.model.Manifest;
import java.util.List;

/**
 * A part of a list of whole objects.
 *
 * @param objects in the server's order, reduced as {@link Cluster#observe} says
 * @param resourceVersion of the whole list: where a watch goes on
 * @param next token of the next part; empty after the last one
 */
public record ManifestPage(List<Manifest> objects, String resourceVersion, String next) {
  public ManifestPage {
    objects = List.copyOf(objects);
  }
}

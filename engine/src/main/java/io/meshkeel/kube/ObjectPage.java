package io.meshkeel.kube;

import java.util.List;

/**
 * A part of a list.
 *
 * @param objects in the server's order
 * @param resourceVersion of the whole list: where a watch goes on
 * @param next token of the next part; empty after the last one
 */
public record ObjectPage(List<LiveObject> objects, String resourceVersion, String next) {
  public ObjectPage {
    objects = List.copyOf(objects);
  }
}

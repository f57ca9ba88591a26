package io.meshkeel.corpus;

import io.meshkeel.model.JsonTree;
import java.util.Map;

/**
 * A {@code spec} that was made to hold something.
 *
 * @param about the field and its value, for people
 * @param spec what was made
 */
public record Sample(String about, Map<String, Object> spec) {
  public Sample {
    spec = JsonTree.freeze(spec);
  }
}

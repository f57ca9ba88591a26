package io.meshkeel.declaration;

import io.meshkeel.model.SourcePosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One document of a YAML stream.
 *
 * @param index counted from 0, empty documents too
 * @param root {@link io.meshkeel.model.JsonTree} content: a map, a list or a scalar; null if the
 *     document is empty
 * @param position where the content starts
 * @param sound whether nothing in it was wrong; a document that isn't is only good for finding more
 *     mistakes
 */
record YamlDocument(int index, @Nullable Object root, SourcePosition position, boolean sound) {

  /**
   * What a stream holds.
   *
   * @param documents all documents up to the first place that is no YAML
   * @param problems what is wrong, in the order of the text
   * @param complete false if the text could not be read to its end
   */
  record Stream(List<YamlDocument> documents, List<Problem> problems, boolean complete) {
    Stream {
      documents = List.copyOf(documents);
      problems = List.copyOf(problems);
    }
  }
}

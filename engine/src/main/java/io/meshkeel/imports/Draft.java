package io.meshkeel.imports;

import io.meshkeel.declaration.YamlWriter;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A file to be written, with what is reported about it.
 *
 * @param path from the repository's root
 * @param about the object that it stands for
 * @param parts its documents
 */
record Draft(String path, ResourceKey about, List<Part> parts) {
  Draft {
    parts = List.copyOf(parts);
  }

  /**
   * One document.
   *
   * @param content as {@link JsonTree}
   * @param comments one line each, without {@code #}
   * @param sort how it is reported
   * @param clusters where it comes from
   * @param why what is reported of it
   */
  record Part(
      Map<String, Object> content,
      List<String> comments,
      ImportEntry.Sort sort,
      List<ClusterName> clusters,
      String why) {
    Part {
      content = JsonTree.freeze(content);
      comments = List.copyOf(comments);
      clusters = List.copyOf(clusters);
    }

    private String text() {
      String head =
          comments.stream()
              .flatMap(comment -> Lines.comment(comment).stream())
              .map(line -> line + "\n")
              .collect(Collectors.joining());
      return head + YamlWriter.write(content);
    }
  }

  String text() {
    return parts.stream().map(Part::text).collect(Collectors.joining("---\n"));
  }

  List<ImportEntry> entries() {
    return parts.stream()
        .map(part -> new ImportEntry(part.sort(), about, part.clusters(), part.why()))
        .toList();
  }

  ImportEntry leftOut(String why) {
    return new ImportEntry(
        ImportEntry.Sort.LEFT_OUT,
        about,
        parts.stream().flatMap(part -> part.clusters().stream()).sorted().distinct().toList(),
        why);
  }
}

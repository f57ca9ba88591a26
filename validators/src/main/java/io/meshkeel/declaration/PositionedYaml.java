package io.meshkeel.declaration;

import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A YAML file of one document that is no declaration (a configuration, for example), with the place
 * of each of its fields. Immutable after it is read, apart from a cache: for one thread.
 */
public final class PositionedYaml {
  private final String file;
  private final byte[] content;
  private final Map<String, Object> root;
  private final List<Finding> problems;
  private final SourceLocator locator = new SourceLocator();

  private PositionedYaml(
      String file, byte[] content, Map<String, Object> root, List<Finding> problems) {
    this.file = file;
    this.content = content;
    this.root = root;
    this.problems = List.copyOf(problems);
  }

  /**
   * Reads a file within {@link Limits#DEFAULT}; never throws: what is wrong is in {@link
   * #problems()}.
   *
   * @param file how messages name it
   * @param content its bytes
   */
  @SuppressWarnings("unchecked") // keys are strings by the contract of YamlDocument
  public static PositionedYaml read(String file, byte[] content) {
    List<Finding> problems = new ArrayList<>();
    Map<String, Object> root = Map.of();
    String text = SourceText.decode(content);
    if (text == null) {
      problems.add(problem(new SourcePosition(file, 1, 1), "the file is not UTF-8"));
      return new PositionedYaml(file, content, root, problems);
    }
    YamlDocument.Stream stream = YamlLoader.load(file, text, Limits.DEFAULT);
    stream.problems().forEach(found -> problems.add(found.finding(null)));
    List<YamlDocument> full =
        stream.documents().stream().filter(document -> document.root() != null).toList();
    for (YamlDocument document : full) {
      if (document != full.getFirst()) {
        problems.add(problem(document.position(), "a second document is not read"));
      } else if (document.root() instanceof Map<?, ?> map) {
        root = (Map<String, Object>) map;
      } else {
        problems.add(problem(document.position(), "a map is expected"));
      }
    }
    return new PositionedYaml(file, content, root, problems);
  }

  /** The content, {@link io.meshkeel.model.JsonTree}; empty if there is none. */
  public Map<String, Object> root() {
    return root;
  }

  /** What is wrong with the YAML itself. */
  public List<Finding> problems() {
    return problems;
  }

  /** Where a field stands; its nearest parent if it is missing. */
  public SourcePosition position(JsonPath path) {
    return locator.locate(content, file, 0, path);
  }

  private static Finding problem(SourcePosition at, String message) {
    return new Finding(
        DeclarationError.SYNTAX.id(),
        Severity.ERROR,
        message,
        null,
        null,
        JsonPath.ROOT,
        at,
        "write one YAML document that is a map");
  }
}

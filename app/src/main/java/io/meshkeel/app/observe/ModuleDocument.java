package io.meshkeel.app.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.meshkeel.declaration.YamlWriter;
import io.meshkeel.model.JsonTree;
import io.meshkeel.view.Module;
import io.meshkeel.view.Scene;
import java.util.List;
import java.util.Map;

/**
 * A module as a document for programs: {@code {module, notes, rows}}, keys in order, so that the
 * same rows are the same bytes.
 */
public record ModuleDocument(Map<String, Object> tree) {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** The wanted rows of all meshes. */
  public static ModuleDocument of(Module<?> module, List<Scene> scenes, Module.Filter filter) {
    return new ModuleDocument(
        JsonTree.freeze(
            Map.of(
                "module",
                module.name(),
                "notes",
                module.notes(scenes, filter),
                "rows",
                module.json(scenes, filter))));
  }

  /**
   * The wanted rows as a table shows them: {@code {module, notes, headers, rows}}, a row being the
   * texts of its cells.
   *
   * @param wide with all columns
   */
  public static ModuleDocument cells(
      Module<?> module, List<Scene> scenes, Module.Filter filter, boolean wide) {
    Module.Table table = module.table(scenes, filter, wide);
    return new ModuleDocument(
        JsonTree.freeze(
            Map.of(
                "module",
                module.name(),
                "notes",
                module.notes(scenes, filter),
                "headers",
                table.headers(),
                "rows",
                table.lines())));
  }

  /** JSON, with a line break at its end. */
  public String json() {
    try {
      return MAPPER.writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  /** YAML, with a line break at its end. */
  public String yaml() {
    return YamlWriter.write(tree);
  }

  /**
   * A table for people, then a line {@code # note} for each note.
   *
   * @param wide with all columns
   */
  public static String table(
      Module<?> module, List<Scene> scenes, Module.Filter filter, boolean wide) {
    StringBuilder text = new StringBuilder(TableText.of(module.table(scenes, filter, wide)));
    module.notes(scenes, filter).forEach(note -> text.append("# ").append(note).append('\n'));
    return text.toString();
  }
}

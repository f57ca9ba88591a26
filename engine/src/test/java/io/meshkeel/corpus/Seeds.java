package io.meshkeel.corpus;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Objects that every server takes, written by hand: {@code admission-seeds.yaml}. */
final class Seeds {
  private Seeds() {}

  /** The content of those of a kind, without names. */
  static List<Map<String, Object>> of(GroupKind kind) {
    List<Map<String, Object>> seeds = new ArrayList<>();
    try (InputStream in =
        Objects.requireNonNull(Seeds.class.getResourceAsStream("admission-seeds.yaml"))) {
      for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(in)) {
        Map<String, Object> tree = JsonTree.freeze((Map<?, ?>) document);
        String apiVersion = JsonTree.string(tree, "apiVersion", "");
        if (GroupKind.of(apiVersion, JsonTree.string(tree, "kind", "")).equals(kind)) {
          seeds.add(tree);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return seeds;
  }
}

package io.meshkeel.declaration;

import io.meshkeel.model.Fix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a document must say once its text was changed: the same change of its tree. Not for reading
 * files, only to check that a changed text says this and nothing else.
 */
final class FixedTree {
  private FixedTree() {}

  /** The tree after an edit; the same where there is nothing at its path. */
  static @Nullable Object after(@Nullable Object tree, Fix.Edit edit, String written) {
    return step(tree, edit.path().segments(), edit, written);
  }

  private static @Nullable Object step(
      @Nullable Object at, List<Object> path, Fix.Edit edit, String written) {
    boolean last = path.size() == 1;
    if (path.isEmpty()) {
      return changed(at, edit, written);
    }
    List<Object> rest = path.subList(1, path.size());
    if (path.getFirst() instanceof Integer index) {
      if (!(at instanceof List<?> list) || index >= list.size()) {
        return at;
      }
      List<@Nullable Object> copy = new ArrayList<>(list);
      copy.set(index, step(list.get(index), rest, edit, written));
      return copy;
    }
    if (!(at instanceof Map<?, ?> map) || !map.containsKey(path.getFirst())) {
      return at;
    }
    Map<Object, @Nullable Object> copy = new HashMap<>(map);
    if (last && edit instanceof Fix.Remove) {
      copy.remove(path.getFirst());
    } else if (last && edit instanceof Fix.Rename rename) {
      copy.put(rename.name(), copy.remove(path.getFirst()));
    } else {
      copy.put(path.getFirst(), step(map.get(path.getFirst()), rest, edit, written));
    }
    return copy;
  }

  private static @Nullable Object changed(@Nullable Object at, Fix.Edit edit, String written) {
    return switch (edit) {
      case Fix.Put put -> put.value();
      case Fix.Quote _ -> written;
      case Fix.Rename _, Fix.Remove _ -> at;
    };
  }
}

package io.meshkeel.facts.joined;

import io.meshkeel.facts.InputTable;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.model.ResourceKey;
import java.util.List;

/** What {@link FoundConfiguration} tells of declared objects. */
final class Unequal extends KeptIndex {
  private final InputTable<ResourceKey, List<Object>> found;

  Unequal(InputTable<ResourceKey, List<Object>> found) {
    this.found = found;
  }

  @Override
  public void add(ObjectView object) {}

  @Override
  public void tell(ObjectView object, Slice slice) {
    found
        .get(object.declaration().manifest().key())
        .ifPresent(facts -> slice.put("unequal", facts));
  }
}

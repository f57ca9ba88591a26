package io.meshkeel.view;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Consumer;

/**
 * Lists one after the other, as one that can't be changed. Making it costs a look at each list, not
 * at what is in it. Any thread.
 */
final class Blocks<R> extends AbstractList<R> implements RandomAccess {
  private final List<List<R>> blocks;

  /** Where the block after each begins. */
  private final int[] ends;

  /**
   * @param blocks lists that never change
   */
  Blocks(List<List<R>> blocks) {
    this.blocks = List.copyOf(blocks);
    this.ends = new int[blocks.size()];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += blocks.get(i).size();
      ends[i] = end;
    }
  }

  /** The lists that it is made of. */
  List<List<R>> blocks() {
    return blocks;
  }

  @Override
  public int size() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  @Override
  public R get(int index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException(index + " of " + size());
    }
    int at = Arrays.binarySearch(ends, index);
    int block = at < 0 ? -at - 1 : at + 1;
    // An empty block ends where it begins.
    while (blocks.get(block).isEmpty()) {
      block++;
    }
    return blocks.get(block).get(index - (ends[block] - blocks.get(block).size()));
  }

  @Override
  public Iterator<R> iterator() {
    return blocks.stream().flatMap(List::stream).iterator();
  }

  @Override
  public void forEach(Consumer<? super R> action) {
    blocks.forEach(block -> block.forEach(action));
  }

  @Override
  public Object[] toArray() {
    List<R> all = new ArrayList<>(size());
    blocks.forEach(all::addAll);
    return all.toArray();
  }
}

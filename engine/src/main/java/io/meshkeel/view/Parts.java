package io.meshkeel.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rows by the part that they are about, in the order of the parts. They lie in blocks, so that one
 * row of many thousands costs a block and a look at the others. Not thread-safe.
 *
 * @param <K> what rows are about
 * @param <R> the rows
 */
final class Parts<K extends Comparable<K>, R extends Row> {
  /** 256 parts a block: of 10,000 parts, a change copies 256 rows and looks at 40 blocks. */
  static final int BLOCK = 256;

  /** By the first part that belongs there. */
  private final TreeMap<K, Block<K, R>> blocks = new TreeMap<>();

  private final Set<K> open = new HashSet<>();
  private Blocks<R> rows = new Blocks<>(List.of());
  private boolean stale;

  private static final class Block<K extends Comparable<K>, R extends Row> {
    private final TreeMap<K, List<R>> parts;
    private @Nullable List<R> rows;

    Block(Map<K, List<R>> parts) {
      this.parts = new TreeMap<>(parts);
    }

    List<R> rows() {
      List<R> known = rows;
      if (known == null) {
        List<R> all = new ArrayList<>(parts.size());
        parts.values().forEach(all::addAll);
        known = Collections.unmodifiableList(all);
        rows = known;
      }
      return known;
    }
  }

  /** The rows of a part may be others now. */
  void touch(K part) {
    open.add(part);
  }

  /** The same of all parts with rows that are such. */
  void touchAll(Predicate<K> such) {
    blocks.values().forEach(block -> block.parts.keySet().stream().filter(such).forEach(open::add));
  }

  /** The parts that were touched since the last {@link #refresh}. */
  Set<K> open() {
    return Collections.unmodifiableSet(open);
  }

  /** Makes the rows of touched parts anew. */
  void refresh(Function<K, List<R>> maker) {
    for (K part : open) {
      put(part, maker.apply(part));
    }
    open.clear();
  }

  private void put(K part, List<R> fresh) {
    Map.Entry<K, Block<K, R>> at = blocks.floorEntry(part);
    if (at == null) {
      if (fresh.isEmpty()) {
        return;
      }
      at = before(part);
    }
    Block<K, R> block = at.getValue();
    List<R> before = fresh.isEmpty() ? block.parts.remove(part) : block.parts.put(part, fresh);
    if (fresh.equals(before == null ? List.of() : before)) {
      return;
    }
    stale = true;
    block.rows = null;
    if (block.parts.isEmpty()) {
      blocks.remove(at.getKey());
    } else if (block.parts.size() > BLOCK) {
      split(block);
    }
  }

  /** The first block, which begins with this part from now on. */
  private Map.Entry<K, Block<K, R>> before(K part) {
    Map.Entry<K, Block<K, R>> first = blocks.pollFirstEntry();
    Block<K, R> block = first == null ? new Block<K, R>(Map.of()) : first.getValue();
    blocks.put(part, block);
    return Map.entry(part, block);
  }

  private void split(Block<K, R> block) {
    K middle = new ArrayList<>(block.parts.keySet()).get(block.parts.size() / 2);
    Map<K, List<R>> upper = block.parts.tailMap(middle, true);
    blocks.put(middle, new Block<>(upper));
    upper.clear();
  }

  /**
   * All rows, as a value for any thread; the same instance as long as none changed, and so each
   * block.
   */
  Blocks<R> rows() {
    if (stale) {
      rows = new Blocks<>(blocks.values().stream().map(Block::rows).toList());
      stale = false;
    }
    return rows;
  }
}

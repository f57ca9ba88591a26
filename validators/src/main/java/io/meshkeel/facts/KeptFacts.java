package io.meshkeel.facts;

import io.meshkeel.model.Moves;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Facts of objects that come and go. What is told equals what {@link MeshFacts} would tell of the
 * same objects, at a cost that follows the difference: an index is changed by what came and went,
 * and of an object only that is told anew which was read from something that changed. For one
 * thread at a time.
 */
public final class KeptFacts {
  /**
   * Keys without values, beside one for each object and index, after which everything is made anew
   * so that names that nobody uses any more are forgotten: 100,000, some 20 MiB.
   */
  static final int MAX_IDLE = 100_000;

  private final List<KeptIndex> indexes;
  private List<? extends ObjectView> objects = List.of();
  private Kept[] kept = {};
  private int told;

  /** Of one object. */
  private static final class Kept {
    private final boolean wanted;
    private Reads.@Nullable Of<Slice> last;

    Kept(boolean wanted) {
      this.wanted = wanted;
    }

    boolean isStale() {
      return wanted && (last == null || !last.reads().hold());
    }

    void forget() {
      if (last != null) {
        last.reads().forget();
      }
    }
  }

  /** Without any object. */
  public KeptFacts(Collection<? extends KeptIndex> indexes) {
    this.indexes = List.copyOf(indexes);
  }

  /** Whether it should be thrown away for a new one. */
  public boolean isWorn() {
    return indexes.stream().mapToInt(KeptIndex::idle).sum()
        > MAX_IDLE + kept.length * indexes.size();
  }

  /** It is thrown away: what it was told from may go on. */
  public void forget() {
    for (Kept each : kept) {
      each.forget();
    }
  }

  /** How many slices were made by the last {@link #tell}. */
  public int made() {
    return told;
  }

  /**
   * Takes these objects for all there are. What was there before as the same instance costs next to
   * nothing.
   *
   * @param now each once
   * @param wanted of which of them something may be asked; the same answer for the same instance
   *     each time
   */
  public void become(List<? extends ObjectView> now, Predicate<ObjectView> wanted) {
    Moves moves = Moves.of(objects, now);
    List<ObjectView> came = new ArrayList<>();
    List<ObjectView> gone = new ArrayList<>();
    moves.came().forEach(index -> came.add(now.get(index)));
    moves.gone().forEach(index -> gone.add(objects.get(index)));
    // First what came: so a key that keeps some value is never seen without one.
    each(came.size() + gone.size())
        .forEach(index -> {
          came.forEach(index::add);
          gone.forEach(index::remove);
        });
    moves.gone().forEach(index -> kept[index].forget());
    Kept[] next = new Kept[now.size()];
    int[] from = moves.from();
    for (int i = 0; i < next.length; i++) {
      next[i] = from[i] == Moves.CAME ? new Kept(wanted.test(now.get(i))) : kept[from[i]];
    }
    objects = List.copyOf(now);
    kept = next;
  }

  /** No index knows of another, so many objects are taken in by all cores. */
  private Stream<KeptIndex> each(int changes) {
    return changes > 100 ? indexes.parallelStream() : indexes.stream();
  }

  /**
   * Tells of objects that are there.
   *
   * @param first of how many, in the order in which they were given; of those that nothing is asked
   *     of an empty slice is told
   */
  public List<Slice> tell(int first) {
    List<Integer> stale = new ArrayList<>();
    for (int i = 0; i < first; i++) {
      if (kept[i].isStale()) {
        stale.add(i);
      }
    }
    told = stale.size();
    Stream<Integer> all = stale.size() > 100 ? stale.parallelStream() : stale.stream();
    all.forEach(this::retell);
    List<Slice> slices = new ArrayList<>(first);
    for (int i = 0; i < first; i++) {
      Reads.Of<Slice> last = kept[i].last;
      slices.add(last == null ? Slice.EMPTY : last.told());
    }
    return slices;
  }

  private void retell(int index) {
    ObjectView object = objects.get(index);
    kept[index].forget();
    kept[index].last = Reads.of(() -> slice(object));
  }

  private Slice slice(ObjectView object) {
    Slice slice = new Slice();
    indexes.forEach(index -> index.tell(object, slice));
    return slice;
  }
}

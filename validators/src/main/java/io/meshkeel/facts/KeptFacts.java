package io.meshkeel.facts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
  private Map<ObjectView, Kept> kept = new IdentityHashMap<>();
  private int turn;
  private int told;

  private static final class Kept {
    private int turn;
    private Reads.@Nullable Of<Slice> last;
  }

  /** Without any object. */
  public KeptFacts(Collection<? extends KeptIndex> indexes) {
    this.indexes = List.copyOf(indexes);
  }

  /** Whether it should be thrown away for a new one. */
  public boolean isWorn() {
    return indexes.stream().mapToInt(KeptIndex::idle).sum()
        > MAX_IDLE + kept.size() * indexes.size();
  }

  /** How many slices were made by the last {@link #tell}. */
  public int made() {
    return told;
  }

  /**
   * Takes these objects for all there are. What was there before as the same instance costs a look.
   */
  public void become(Collection<? extends ObjectView> objects) {
    turn++;
    List<ObjectView> came = new ArrayList<>();
    int seen = 0;
    for (ObjectView object : objects) {
      Kept known = kept.get(object);
      if (known == null) {
        known = new Kept();
        kept.put(object, known);
        came.add(object);
      }
      seen += known.turn == turn ? 0 : 1;
      known.turn = turn;
    }
    List<ObjectView> gone = new ArrayList<>();
    if (seen < kept.size()) {
      kept.forEach((object, known) -> {
        if (known.turn != turn) {
          gone.add(object);
        }
      });
    }
    // First what came: so a key that keeps some value is never seen without one.
    each(came.size() + gone.size())
        .forEach(index -> {
          came.forEach(index::add);
          gone.forEach(index::remove);
        });
    gone.forEach(kept::remove);
  }

  /** No index knows of another, so many objects are taken in by all cores. */
  private Stream<KeptIndex> each(int changes) {
    return changes > 100 ? indexes.parallelStream() : indexes.stream();
  }

  /**
   * Tells of objects that are there.
   *
   * @param wanted which of them are asked about; of others an empty slice is told
   * @return in the order of the objects
   */
  public List<Slice> tell(List<? extends ObjectView> objects, Predicate<ObjectView> wanted) {
    List<ObjectView> stale = new ArrayList<>();
    for (ObjectView object : objects) {
      Reads.Of<Slice> last = of(object).last;
      if ((last == null || !last.reads().hold()) && wanted.test(object)) {
        stale.add(object);
      }
    }
    told = stale.size();
    Stream<ObjectView> all = stale.size() > 100 ? stale.parallelStream() : stale.stream();
    all.forEach(object -> of(object).last = Reads.of(() -> slice(object)));
    List<Slice> slices = new ArrayList<>(objects.size());
    for (ObjectView object : objects) {
      Reads.Of<Slice> last = of(object).last;
      slices.add(last == null || !wanted.test(object) ? Slice.EMPTY : last.told());
    }
    return slices;
  }

  private Kept of(ObjectView object) {
    Kept known = kept.get(object);
    if (known == null) {
      throw new IllegalArgumentException(object.id() + " is not among the objects");
    }
    return known;
  }

  private Slice slice(ObjectView object) {
    Slice slice = new Slice();
    indexes.forEach(index -> index.tell(object, slice));
    return slice;
  }
}

package io.meshkeel.model;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the elements of a list were in an earlier one. Elements are told apart by instance, and
 * each is in a list once; where most stayed in their order this costs a comparison of two
 * references each, and no look at what they are.
 *
 * @param from by index in the later list, the index in the earlier; {@link #CAME} if it wasn't
 *     there
 * @param came indexes in the later list of what wasn't in the earlier, ascending
 * @param gone indexes in the earlier list of what isn't in the later, ascending
 */
@SuppressWarnings({"ReferenceEquality", "ArrayRecordComponent"})
public record Moves(int[] from, List<Integer> came, List<Integer> gone) {
  /** The index of what wasn't there. */
  public static final int CAME = -1;

  /** Compares two lists with access by index. */
  public static Moves of(List<?> before, List<?> now) {
    int[] from = new int[now.size()];
    int ends = Math.min(before.size(), now.size());
    int start = 0;
    while (start < ends && before.get(start) == now.get(start)) {
      from[start] = start;
      start++;
    }
    int end = before.size();
    int young = now.size();
    while (end > start && young > start && before.get(end - 1) == now.get(young - 1)) {
      from[--young] = --end;
    }
    List<Integer> came = new ArrayList<>(0);
    List<Integer> gone = new ArrayList<>(0);
    between(before, now, from, start, end, young, came, gone);
    return new Moves(from, came, gone);
  }

  private static void between(
      List<?> before,
      List<?> now,
      int[] from,
      int start,
      int end,
      int young,
      List<Integer> came,
      List<Integer> gone) {
    boolean inPlace = end == young;
    Map<Object, Integer> lost = new IdentityHashMap<>();
    for (int i = start; i < end; i++) {
      if (!inPlace || before.get(i) != now.get(i)) {
        lost.put(before.get(i), i);
      }
    }
    for (int i = start; i < young; i++) {
      if (inPlace && before.get(i) == now.get(i)) {
        from[i] = i;
      } else {
        Integer was = lost.remove(now.get(i));
        from[i] = was == null ? CAME : was;
        if (was == null) {
          came.add(i);
        }
      }
    }
    lost.values().stream().sorted().forEach(gone::add);
  }

  /** Whether both lists hold the same in the same order. */
  public boolean isNone() {
    return came.isEmpty() && gone.isEmpty() && inOrder();
  }

  private boolean inOrder() {
    for (int i = 0; i < from.length; i++) {
      if (from[i] != i) {
        return false;
      }
    }
    return true;
  }
}

package io.meshkeel.facts;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What was read while something was told: as long as none of it changed, the same would be told
 * again. Shelves and inputs write themselves down here, so that no list of what depends on what has
 * to be kept by hand. What changes tells those who read it, so that to ask costs a look.
 */
final class Reads {
  private static final ScopedValue<Reads> CURRENT = ScopedValue.newInstance();
  private static final int FEW = 12;
  private static final Mark[] NONE = {};

  private Mark[] marks = new Mark[FEW];
  private int size;
  private boolean stale;

  private Reads() {}

  /**
   * What was told, and from what.
   *
   * @param told the result
   * @param reads of what it is a function
   */
  record Of<T>(T told, Reads reads) {}

  /** Tells something and remembers what was read. */
  static <T> Of<T> of(Supplier<? extends T> teller) {
    Reads reads = new Reads();
    T told = ScopedValue.where(CURRENT, reads).call(teller::get);
    reads.spread();
    return new Of<>(told, reads);
  }

  /** Whether somebody wants to know what is read. */
  static boolean counted() {
    return CURRENT.isBound();
  }

  /** Something is read. */
  static void note(Mark mark) {
    if (CURRENT.isBound()) {
      CURRENT.get().add(mark);
    }
  }

  private void add(Mark mark) {
    for (int i = Math.max(0, size - FEW); i < size; i++) {
      if (marks[i] == mark) {
        return;
      }
    }
    if (size == marks.length) {
      dropTwins();
      marks = Arrays.copyOf(marks, Math.max(marks.length, 2 * size));
    }
    marks[size++] = mark;
  }

  /** What reads very much reads the same again and again, with more than a few between. */
  private void dropTwins() {
    Set<Mark> once = Collections.newSetFromMap(new IdentityHashMap<>(size));
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (once.add(marks[i])) {
        marks[kept++] = marks[i];
      }
    }
    size = kept;
  }

  private void spread() {
    if (size > FEW) {
      dropTwins();
    }
    for (int i = 0; i < size; i++) {
      marks[i].add(this);
    }
    marks = NONE;
    size = 0;
  }

  /** Something of it changed. */
  void change() {
    stale = true;
  }

  /** Nobody asks any more, so nobody need be told. */
  void forget() {
    stale = true;
  }

  /** Whether nothing of it changed since. */
  boolean hold() {
    return !stale;
  }
}

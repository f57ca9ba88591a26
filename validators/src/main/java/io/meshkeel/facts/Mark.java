package io.meshkeel.facts;

import java.util.Arrays;

/**
 * Something that facts are told from, and who read it as it is. Changed by one thread at a time,
 * while nobody tells; read by any.
 */
public final class Mark {
  private static final Reads[] NOBODY = {};

  private Reads[] readers = NOBODY;
  private int size;

  /** It is another thing now. */
  public void change() {
    for (int i = 0; i < size; i++) {
      readers[i].change();
    }
    readers = NOBODY;
    size = 0;
  }

  /** It is read by what is told now, if anything is. */
  public void read() {
    Reads.note(this);
  }

  /** Tells it of the next change. */
  synchronized void add(Reads reader) {
    if (size == readers.length) {
      dropStale();
      if (4 * size >= 3 * readers.length) {
        readers = Arrays.copyOf(readers, Math.max(2, 2 * readers.length));
      }
    }
    readers[size++] = reader;
  }

  /** Who heard of another change, or was forgotten, need not hear of this one. */
  private void dropStale() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (readers[i].hold()) {
        readers[kept++] = readers[i];
      }
    }
    Arrays.fill(readers, kept, size, null);
    size = kept;
  }
}

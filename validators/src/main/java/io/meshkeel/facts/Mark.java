package io.meshkeel.facts;

/**
 * Something that facts are told from, and how often it became another. Changed by one thread at a
 * time, while nobody tells; read by any.
 */
public final class Mark {
  private long changes;

  /** It is another thing now. */
  public void change() {
    changes++;
  }

  /** It is read by what is told now, if anything is. */
  public void read() {
    Reads.note(this);
  }

  /** Never falls. */
  long changes() {
    return changes;
  }
}

package io.meshkeel.facts;

/**
 * Something that facts are told from, and how often it became another. Changed by one thread at a
 * time, while nobody tells; read by any.
 */
final class Mark {
  private long changes;

  /** It is another thing now. */
  void change() {
    changes++;
  }

  /** Never falls. */
  long changes() {
    return changes;
  }
}

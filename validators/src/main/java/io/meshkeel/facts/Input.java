package io.meshkeel.facts;

/**
 * Something that an index is told beside the objects, and that may become another. Set by one
 * thread while nobody reads; read by any.
 *
 * @param <T> of what it is
 */
public final class Input<T> {
  private final Mark mark = new Mark();
  private T value;

  public Input(T value) {
    this.value = value;
  }

  public T get() {
    Reads.note(mark);
    return value;
  }

  /** Sets it; nothing that equals what it was counts as a change. */
  public void set(T now) {
    if (!now.equals(value)) {
      value = now;
      mark.change();
    }
  }
}

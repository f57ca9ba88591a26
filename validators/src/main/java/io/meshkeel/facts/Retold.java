package io.meshkeel.facts;

import java.util.function.Supplier;

/**
 * Something that is told from what writes down who reads it, and told anew only if some of that
 * changed. For one thread at a time.
 *
 * @param <T> of what is told
 */
public final class Retold<T> {
  private final Supplier<? extends T> teller;
  private Reads.Of<T> last;

  /**
   * Tells it for the first time.
   *
   * @param teller a function of nothing but what notes that it is read
   */
  public Retold(Supplier<? extends T> teller) {
    this.teller = teller;
    this.last = Reads.of(teller);
  }

  /** What was told last. */
  public T get() {
    return last.told();
  }

  /** Whether the same would be told again. */
  public boolean holds() {
    return last.reads().hold();
  }

  /**
   * Tells it anew if it doesn't hold.
   *
   * @return whether it was told anew
   */
  public boolean renew() {
    if (holds()) {
      return false;
    }
    last = Reads.of(teller);
    return true;
  }

  /** It is of no use any more. */
  public void forget() {
    last.reads().forget();
  }
}

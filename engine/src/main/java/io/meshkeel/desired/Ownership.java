package io.meshkeel.desired;

import io.meshkeel.model.JsonPath;
import java.util.Set;

/** Whose an object is, and so how it is written and when it goes. There is no third class. */
public sealed interface Ownership {
  /** All of it is Meshkeel's: it carries our labels and is deleted when nothing declares it. */
  record Ours() implements Ownership {}

  /**
   * Only the declared fields are Meshkeel's: no part-of label, no adoption, never deleted. Written
   * only to an object that was seen, by its uid.
   *
   * @param absent fields that must not be there, whoever set them
   * @param creates whether it is created where it is missing: namespaces only
   * @param holds empty, or why a difference is not written
   */
  record Shared(Set<JsonPath> absent, boolean creates, String holds) implements Ownership {
    public Shared {
      absent = Set.copyOf(absent);
    }
  }

  /** {@link Ours}. */
  Ownership OURS = new Ours();
}

package io.meshkeel.app.validate;

import io.meshkeel.app.CommandException;
import io.meshkeel.model.Snapshot;

/** Judges a snapshot, as often as needed: with one OPA and one inventory. For one thread. */
@FunctionalInterface
public interface Judgement {
  /**
   * Reads and judges.
   *
   * @throws CommandException if the snapshot can't be read
   */
  Validation of(Snapshot snapshot) throws CommandException;
}

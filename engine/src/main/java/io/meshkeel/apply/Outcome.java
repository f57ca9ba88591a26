package io.meshkeel.apply;

import io.meshkeel.model.FailureReason;

/** How one step of a plan ended. */
public sealed interface Outcome {
  /** The cluster confirmed it. */
  record Applied() implements Outcome {}

  /** The cluster didn't take it; nothing of it is stored. */
  record Failed(FailureReason reason, String message, boolean retryable) implements Outcome {}

  /** It was not tried: something before it failed, or the apply was stopped. */
  record NotDone(String message) implements Outcome {}
}

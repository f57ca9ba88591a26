package io.meshkeel.plan;

import io.meshkeel.desired.Labels;
import io.meshkeel.kube.FieldOwner;
import io.meshkeel.kube.LiveObject;
import io.meshkeel.model.JsonPath;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * What a live object says of being left alone for a while: the annotation {@code
 * meshkeel.io/hold-until}, set by a person in an emergency.
 */
sealed interface Hold {
  /** Furthest end, counted from when the annotation was written. */
  Duration LONGEST = Duration.ofHours(24);

  /** No hold, or one that has passed. */
  record None() implements Hold {}

  /**
   * To be left alone.
   *
   * @param by the field manager that set it; empty if the cluster doesn't tell
   */
  record Until(Instant end, String reason, Optional<String> by) implements Hold {}

  /** A hold that is not honoured; {@code why} is one line. */
  record Refused(String why) implements Hold {}

  /** Reads it. */
  static Hold of(LiveObject live, Instant now) {
    String text = live.annotation(Labels.HOLD_UNTIL);
    if (text.isEmpty()) {
      return new None();
    }
    Instant end;
    try {
      end = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return new Refused(
          refusal(text, "is no RFC 3339 time; write 2026-11-22T18:00:00Z for example"));
    }
    if (!end.isAfter(now)) {
      return new None();
    }
    Optional<FieldOwner> hand = hand(live);
    Instant since =
        hand.flatMap(FieldOwner::time).filter(written -> written.isBefore(now)).orElse(now);
    return end.isAfter(since.plus(LONGEST))
        ? new Refused(refusal(text, "is more than " + LONGEST.toHours() + " h ahead"))
        : new Until(end, reason(live), hand.map(FieldOwner::manager));
  }

  private static Optional<FieldOwner> hand(LiveObject live) {
    JsonPath path = JsonPath.of("metadata", "annotations", Labels.HOLD_UNTIL);
    return live.owners().stream()
        .filter(owner -> !owner.ours() && owner.claims(path, Map.of()))
        .min(Hands.LATEST_FIRST);
  }

  private static String refusal(String text, String why) {
    return Labels.HOLD_UNTIL + " is not honoured: " + ValueText.of(Optional.of(text)) + " " + why;
  }

  private static String reason(LiveObject live) {
    String reason = live.annotation(Labels.HOLD_REASON);
    return reason.isEmpty() ? "no reason given" : ValueText.of(Optional.of(reason));
  }
}

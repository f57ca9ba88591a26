package io.meshkeel.policy.own;

import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import java.util.List;
import java.util.Map;

/**
 * A rule of a repository's own.
 *
 * @param id how settings, waivers and reports name it: {@code custom.id} in the library's style,
 *     {@code package.rule} in conftest's
 * @param style how it is asked and answers
 * @param reference what OPA evaluates, for example {@code data.org.mtls.deny}
 * @param title in a few words
 * @param severity the worst that it finds
 * @param kinds the kinds it wants to see; empty for all
 * @param enabled whether it is asked where settings don't turn it on
 * @param deleted whether it wants to see objects that a revision removes
 * @param params its parameters and what they are where settings don't say otherwise
 * @param message template of the message in the library's style, else empty
 * @param remediation how to fix it; a template in the library's style
 * @param position where it stands
 */
record OwnRule(
    String id,
    Style style,
    String reference,
    String title,
    Severity severity,
    List<GroupKind> kinds,
    boolean enabled,
    boolean deleted,
    Map<String, Object> params,
    String message,
    String remediation,
    SourcePosition position) {

  /** How a rule is written. */
  enum Style {
    /** A package with METADATA and a set {@code findings}. */
    LIBRARY,
    /** A set {@code deny}, {@code violation} or {@code warn} of messages. */
    CONFTEST
  }

  OwnRule {
    kinds = List.copyOf(kinds);
    params = Map.copyOf(params);
  }

  /** Whether it looks at objects of this kind. */
  boolean looksAt(GroupKind kind) {
    return kinds.isEmpty()
        || kinds.stream()
            .anyMatch(wanted ->
                wanted.kind().equals(kind.kind())
                    && (wanted.group().isEmpty() || wanted.group().equals(kind.group())));
  }
}

package io.meshkeel.policy;

import io.meshkeel.facts.ObjectView;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Finding;
import io.meshkeel.policy.Question.Surroundings;
import io.meshkeel.policy.schema.SchemaCheck;
import io.meshkeel.policy.schema.SchemaViolation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one declaration, for as long as a revision holds it. Findings are a
 * function of the declaration, its slice and its surroundings, given the policy revision that one
 * judge has; so exactly these are compared. Any thread.
 */
final class Remembered {
  /** 4 slices: the branch and a few pull requests that change an object's surroundings. */
  static final int MAX_SLICES = 4;

  private record Asked(
      Surroundings surroundings, Map<String, Object> slice, List<Finding> findings) {}

  private final Declaration declaration;
  private final Deque<Asked> asked = new ArrayDeque<>(1);
  private @Nullable ObjectView view;
  private @Nullable String viewDomain;
  private @Nullable String checkedVersion;
  private List<SchemaViolation> violations = List.of();
  private @Nullable List<Finding> schemaFindings;

  Remembered(Declaration declaration) {
    this.declaration = declaration;
  }

  /** The object as Istio reads it in a mesh with this cluster domain. */
  synchronized ObjectView view(String domain) {
    ObjectView known = view;
    if (known == null || !domain.equals(viewDomain)) {
      known = ObjectView.of(declaration, domain);
      view = known;
      viewDomain = domain;
    }
    return known;
  }

  /** Whether the object was last checked against the schemas of this version. */
  synchronized boolean isChecked(String version) {
    return version.equals(checkedVersion);
  }

  /** Checks the object against the schemas of a version, unless that was done last time. */
  synchronized void check(SchemaCheck check) {
    if (!check.istioVersion().equals(checkedVersion)) {
      violations = check.check(declaration.manifest());
      schemaFindings = null;
      checkedVersion = check.istioVersion();
    }
  }

  /** How the object breaks the schemas of a version; empty if it doesn't. */
  synchronized List<Finding> schemaFindings(SchemaCheck check, Places places)
      throws PolicyException {
    check(check);
    if (violations.isEmpty()) {
      return List.of();
    }
    List<Finding> known = schemaFindings;
    if (known == null) {
      known = places.ofSchema(declaration, violations);
      schemaFindings = known;
    }
    return known;
  }

  /** Whether, when it was last checked, the object wasn't what its kind looks like. */
  synchronized boolean isBroken() {
    return violations.stream().anyMatch(violation -> violation.error().isStructural());
  }

  /** What rules found; null if they weren't asked. */
  synchronized @Nullable List<Finding> findings(
      Surroundings surroundings, Map<String, Object> slice) {
    for (Iterator<Asked> each = asked.iterator(); each.hasNext(); ) {
      Asked one = each.next();
      if (one.surroundings.equals(surroundings) && one.slice.equals(slice)) {
        if (one != asked.peekFirst()) {
          each.remove();
          asked.addFirst(one);
        }
        return one.findings;
      }
    }
    return null;
  }

  synchronized void remember(
      Surroundings surroundings, Map<String, Object> slice, List<Finding> findings) {
    asked.addFirst(new Asked(surroundings, slice, List.copyOf(findings)));
    if (asked.size() > MAX_SLICES) {
      asked.removeLast();
    }
  }
}

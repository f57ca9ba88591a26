package io.meshkeel.policy;

import io.meshkeel.model.Verdict.NotJudged;
import java.util.List;

/**
 * What one rule did with one mesh, so that nobody takes the silence of a rule that looked at
 * nothing for consent.
 *
 * @param rule its id
 * @param judged how many objects of its kinds it looked at
 * @param findings how many findings it has
 * @param notJudged of what it could say nothing, and why
 * @param nothing why there was nothing to look at; empty if there was
 */
public record RuleCount(
    String rule, int judged, int findings, List<NotJudged> notJudged, String nothing) {
  /**
   * @throws IllegalArgumentException if it looked at nothing and doesn't say why
   */
  public RuleCount {
    notJudged = List.copyOf(notJudged);
    if (judged == 0 && notJudged.isEmpty() && nothing.isEmpty()) {
      throw new IllegalArgumentException(rule + " looked at nothing for no reason");
    }
  }
}

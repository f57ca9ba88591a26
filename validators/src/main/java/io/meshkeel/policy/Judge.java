package io.meshkeel.policy;

import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Governance;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import java.util.List;
import java.util.Map;

/**
 * Says whether a mesh may be applied as it is declared. Any thread, several at once.
 *
 * <p>What is asked is remembered: judging a revision that differs in one object from one judged
 * before asks only about the objects whose content or surroundings changed, and the verdict equals
 * that of a judge that has seen nothing before.
 */
public interface Judge extends AutoCloseable {
  /**
   * Starts an OPA process of its own, publishes the library that ships with Meshkeel, and checks
   * that OPA serves it; blocks. OPA is started again by itself when it ends.
   *
   * @throws PolicyException if that can't be done; says why and how to fix it
   */
  static Judge start(JudgeOptions options) throws PolicyException {
    return OpaJudge.start(options);
  }

  /** SHA-256 of the published policies, in lower-case hexadecimal digits. */
  String policyRevision();

  /**
   * Judges one mesh; blocks until OPA has answered. Never throws on account of OPA: if it can't be
   * asked or trusted, the outcome is {@code ERROR} with the reason as {@code failure}.
   *
   * @param mesh what the mesh declares, broken declarations included
   * @param snapshot the revision it was read from, to find the line and column of a finding
   */
  default Verdict judge(MeshDeclarations mesh, Snapshot snapshot) {
    return judge(mesh, snapshot, Before.NOTHING, Evidence.NONE);
  }

  /**
   * Judges one mesh beside the revision that it is compared with: an error that both have doesn't
   * deny, unless the mesh's {@link io.meshkeel.model.PolicySettings} enforce all. Both are judged
   * by what is known of the clusters; what a rule can't judge for want of that knowledge is told in
   * {@link Verdict#notJudged}.
   *
   * @param mesh what the mesh declares, broken declarations included
   * @param snapshot the revision it was read from, to find the line and column of a finding
   * @param before the revision to compare with
   * @param evidence what its clusters hold
   */
  Verdict judge(MeshDeclarations mesh, Snapshot snapshot, Before before, Evidence evidence);

  /**
   * Title of each rule that may be named, by id: those of the library and those of the repository's
   * own. While the latter can't be checked, each one that is named counts as there: that is told
   * where they judge.
   */
  default Map<String, String> rules(Governance governance) {
    return RulePages.titles();
  }

  /**
   * Counts what each rule looked at when a verdict came about; blocks as that did.
   *
   * @param mesh what was judged
   * @param snapshot the revision it was read from
   * @param evidence what its clusters held
   * @param verdict what was said of it
   * @return one for each rule, by id
   * @throws PolicyException if OPA can't be asked
   */
  List<RuleCount> counts(
      MeshDeclarations mesh, Snapshot snapshot, Evidence evidence, Verdict verdict)
      throws PolicyException;

  /** Stops the OPA process. Idempotent. */
  @Override
  void close();
}

package io.meshkeel.model;

import java.util.List;
import java.util.Optional;

/**
 * What policy says of one revision of one mesh.
 *
 * @param mesh the mesh
 * @param revision the commit; empty for a folder that is no commit
 * @param outcome accepted, denied, or could not be told
 * @param findings in {@link Finding#ORDER}
 * @param policyRevision digest of the policies that judged
 * @param failure why it could not be told; present exactly when the outcome is {@code ERROR}
 * @param notJudged what rules could not say for want of knowledge of the clusters, by rule
 * @param debt what it took over from the revision that it was compared with; empty if there was
 *     none
 */
public record Verdict(
    MeshName mesh,
    Optional<Revision> revision,
    Outcome outcome,
    List<Finding> findings,
    String policyRevision,
    Optional<String> failure,
    List<NotJudged> notJudged,
    Optional<Debt> debt) {
  /**
   * @throws IllegalArgumentException if {@code failure} doesn't fit the outcome
   */
  public Verdict {
    findings = List.copyOf(findings);
    notJudged = List.copyOf(notJudged);
    if (failure.isPresent() != (outcome == Outcome.ERROR)) {
      throw new IllegalArgumentException("a failure is given exactly for the outcome ERROR");
    }
  }

  /** Compared with no other. */
  public Verdict(
      MeshName mesh,
      Optional<Revision> revision,
      Outcome outcome,
      List<Finding> findings,
      String policyRevision,
      Optional<String> failure,
      List<NotJudged> notJudged) {
    this(mesh, revision, outcome, findings, policyRevision, failure, notJudged, Optional.empty());
  }

  /** With nothing that could not be judged. */
  public Verdict(
      MeshName mesh,
      Optional<Revision> revision,
      Outcome outcome,
      List<Finding> findings,
      String policyRevision,
      Optional<String> failure) {
    this(mesh, revision, outcome, findings, policyRevision, failure, List.of());
  }

  /**
   * What a rule said nothing of, which is no pass.
   *
   * @param rule id
   * @param objects how many declared objects of its kinds it did not judge
   * @param reason what was not known, in plain words
   */
  public record NotJudged(String rule, int objects, String reason) {}

  /** Only {@code ACCEPTED} may be applied. */
  public enum Outcome {
    ACCEPTED,
    DENIED,
    /** Policy could not be asked or its answer can't be trusted: never a pass. */
    ERROR
  }
}

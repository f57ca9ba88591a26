package io.meshkeel.policy;

import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.policy.RuleExample.State;
import io.meshkeel.policy.schema.SchemaError;
import java.util.List;
import java.util.Optional;

/**
 * What became of every change of a rule's good example, with that rule alone asked.
 *
 * @param example where the changes started
 * @param results one for each change, in order
 */
record MutationRun(RuleExample example, List<Result> results) {
  /** What is said of a changed state. */
  enum Answer {
    /** It breaks a schema or can't be read: refused before any rule is asked. */
    REFUSED,
    FOUND,
    SILENT
  }

  /** A change and what is said of it. */
  record Result(Mutation mutation, Answer answer) {}

  static MutationRun of(RuleExample example, OpaJudge judge) {
    List<Mutation> mutations = Mutator.mutations(Mutation.documents(example.right()));
    return new MutationRun(
        example,
        mutations.parallelStream()
            .map(mutation -> new Result(mutation, answer(example.rule(), mutation, judge)))
            .toList());
  }

  private static Answer answer(String rule, Mutation mutation, OpaJudge judge) {
    State state = mutation.state();
    TestingRepository repository = state.repository();
    Snapshot snapshot = repository.snapshot();
    Optional<MeshDeclarations> mesh = repository.readable(snapshot);
    Optional<Evidence> evidence = evidence(state);
    if (mesh.isEmpty() || evidence.isEmpty()) {
      return Answer.REFUSED;
    }
    Verdict verdict = judge.judge(mesh.get(), snapshot, Before.NOTHING, evidence.get());
    if (verdict.failure().isPresent()) {
      throw new AssertionError(mutation + ": " + verdict.failure().get());
    }
    // What an API server or istiod would refuse is still asked about.
    List<String> ids =
        verdict.findings().stream()
            .map(Finding::ruleId)
            .filter(id -> !SchemaError.isRefusal(id))
            .toList();
    return ids.stream().anyMatch(id -> !id.equals(rule))
        ? Answer.REFUSED
        : ids.isEmpty() ? Answer.SILENT : Answer.FOUND;
  }

  private static Optional<Evidence> evidence(State state) {
    try {
      return Optional.of(state.evidence());
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** All changes. */
  List<Mutation> mutations() {
    return results.stream().map(Result::mutation).toList();
  }

  /** The changes that rules are asked about. */
  private List<Result> judged() {
    return results.stream().filter(result -> result.answer() != Answer.REFUSED).toList();
  }

  /** Mistakes, by what is said of them. */
  List<Mutation> real(Answer answer) {
    return judged().stream()
        .filter(result -> result.answer() == answer)
        .map(Result::mutation)
        .filter(example.oracle()::isReal)
        .toList();
  }

  /** What is found though it is no mistake of this rule's kind. */
  List<Mutation> falseAlarms() {
    return judged().stream()
        .filter(result -> result.answer() == Answer.FOUND)
        .map(Result::mutation)
        .filter(mutation -> !example.oracle().isReal(mutation))
        .toList();
  }

  /** The line of the rule. */
  MutationFigures.Line line() {
    return new MutationFigures.Line(
        example.rule(),
        judged().size(),
        real(Answer.FOUND).size() + real(Answer.SILENT).size(),
        real(Answer.FOUND).size());
  }
}

package io.meshkeel.app.validate;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.validate.Fixing.Left;
import io.meshkeel.declaration.FileFixes;
import io.meshkeel.declaration.FileFixes.Placed;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Fix;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts right what can be put right for certain. Each round writes the fixes of one layer (broken
 * declarations, then broken schemas, then rules) in memory and judges again: a fix after which
 * something as bad is wrong is taken back. For one thread.
 */
final class Fixer {
  /** 300 times a folder is judged for its fixes: together, or one by one if that doesn't do. */
  static final int MOST_ATTEMPTS = 300;

  private final Judgement judgement;
  private final Snapshot original;
  private final Map<String, SourceFile> files = new HashMap<>();
  private final Map<String, byte[]> changed = new TreeMap<>();
  private final List<Finding> done = new ArrayList<>();
  private final Map<String, Left> left = new LinkedHashMap<>();
  private int attempts;

  Fixer(Judgement judgement, Snapshot original) {
    this.judgement = judgement;
    this.original = original;
    original.files().forEach(file -> files.put(file.path(), file));
  }

  /** A finding whose fix is to be written. */
  private record Candidate(Finding finding, SourcePosition position, Fix fix) {
    static Optional<Candidate> of(Finding finding) {
      SourcePosition position = finding.position();
      Fix fix = finding.fix();
      // What a waiver excepts is meant to be as it is.
      return position == null || fix == null || finding.standing().state() == Standing.State.WAIVED
          ? Optional.empty()
          : Optional.of(new Candidate(finding, position, fix));
    }

    String key() {
      return finding.ruleId() + position + fix.edits();
    }

    int layer() {
      return Fixer.layer(finding);
    }
  }

  /**
   * Fixes what can be fixed.
   *
   * @throws CommandException if a file can't be read again, or policy can't be asked any more
   */
  Fixing fix() throws CommandException {
    Validation before = judgement.of(original);
    Validation at = before;
    for (Optional<Validation> next = round(at); next.isPresent(); next = round(at)) {
      at = next.get();
    }
    Map<String, ChangedFile> written = new TreeMap<>();
    for (var entry : changed.entrySet()) {
      written.put(entry.getKey(), new ChangedFile(was(entry.getKey()), entry.getValue()));
    }
    return new Fixing(before, at, done, List.copyOf(left.values()), written);
  }

  /** What is said afterwards; empty if there was nothing more to fix. */
  private Optional<Validation> round(Validation at) throws CommandException {
    List<Candidate> candidates =
        at.findings().stream()
            .flatMap(finding -> Candidate.of(finding).stream())
            .filter(candidate -> !left.containsKey(candidate.key()))
            .toList();
    int layer = candidates.stream().mapToInt(Candidate::layer).min().orElse(0);
    List<Candidate> ofLayer = candidates.stream().filter(c -> c.layer() == layer).toList();
    Optional<Validation> together = attempt(at, ofLayer);
    if (together.isPresent()) {
      return together;
    }
    for (Candidate candidate : ofLayer) {
      // Once one is written, the places of the others have to be told anew.
      Optional<Validation> alone = attempt(at, List.of(candidate));
      if (alone.isPresent()) {
        return alone;
      }
      left.putIfAbsent(
          candidate.key(),
          new Left(
              candidate.finding(),
              attempts < MOST_ATTEMPTS
                  ? "something as bad would be wrong after it"
                  : "there are too many fixes that don't go together: run it again"));
    }
    return Optional.empty();
  }

  /** Writes these in memory and judges; empty, and all as before, unless nothing gets worse. */
  private Optional<Validation> attempt(Validation at, List<Candidate> candidates)
      throws CommandException {
    Map<String, byte[]> tried = new TreeMap<>(changed);
    List<Candidate> taken = new ArrayList<>();
    Map<String, List<Candidate>> byFile = new TreeMap<>();
    for (Candidate candidate : candidates) {
      byFile.computeIfAbsent(candidate.position().file(), f -> new ArrayList<>()).add(candidate);
    }
    for (var entry : byFile.entrySet()) {
      byte[] now = tried.get(entry.getKey());
      FileFixes.Result result =
          new FileFixes(entry.getKey(), now == null ? was(entry.getKey()) : now)
              .write(
                  entry.getValue().stream()
                      .map(each -> new Placed(each.position(), each.fix()))
                      .toList());
      for (int i = 0; i < entry.getValue().size(); i++) {
        Candidate candidate = entry.getValue().get(i);
        if (result.refusals().get(i).isEmpty()) {
          taken.add(candidate);
        } else if (entry.getValue().size() == 1) {
          left.put(candidate.key(), new Left(candidate.finding(), result.refusals().get(i)));
        }
      }
      tried.put(entry.getKey(), result.content());
    }
    if (taken.isEmpty() || ++attempts > MOST_ATTEMPTS) {
      return Optional.empty();
    }
    Validation next = judgement.of(new ChangedSnapshot(original, tried));
    if (!next.failures().isEmpty() || worse(at, next, taken)) {
      return Optional.empty();
    }
    changed.putAll(tried);
    taken.forEach(candidate -> done.add(candidate.finding()));
    return Optional.of(next);
  }

  /** Which findings keep others from being looked for: 0 keeps 1 and 2 back, 1 keeps 2. */
  private static int layer(Finding finding) {
    String rule = finding.ruleId();
    return rule.matches("D[0-9]{3}") ? 0 : rule.matches("S[0-9]{3}") ? 1 : 2;
  }

  private record Subject(String rule, @Nullable Object mesh, @Nullable Object object) {}

  /**
   * Whether an object has more findings of a rule than before, that could be looked for before and
   * are not milder than what was fixed.
   */
  private static boolean worse(Validation before, Validation after, List<Candidate> fixed) {
    int layer = fixed.getFirst().layer();
    Severity mildest =
        fixed.stream()
            .map(each -> each.finding().severity())
            .max(Severity::compareTo)
            .orElseThrow();
    Map<Subject, Integer> counts = new HashMap<>();
    before.findings().forEach(finding -> counts.merge(subject(finding), 1, Integer::sum));
    for (Finding finding : after.findings()) {
      if (counts.merge(subject(finding), -1, Integer::sum) < 0
          && layer(finding) <= layer
          && finding.severity().compareTo(mildest) <= 0) {
        return true;
      }
    }
    return false;
  }

  private static Subject subject(Finding finding) {
    return new Subject(
        finding.ruleId(),
        finding.mesh(),
        finding.resource() == null ? null : finding.resource() + "@" + finding.cluster());
  }

  private byte[] was(String path) throws CommandException {
    try {
      return original.content(Objects.requireNonNull(files.get(path), path));
    } catch (IOException e) {
      throw CommandException.brokenInput(path + " can't be read again: " + e.getMessage());
    }
  }
}

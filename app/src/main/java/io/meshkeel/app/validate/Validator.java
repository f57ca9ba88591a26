package io.meshkeel.app.validate;

import io.meshkeel.app.CommandException;
import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.declaration.InventoryFolder;
import io.meshkeel.declaration.InventoryReading;
import io.meshkeel.git.GitException;
import io.meshkeel.git.WorkingCopy;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.policy.Before;
import io.meshkeel.policy.Judge;
import io.meshkeel.policy.JudgeOptions;
import io.meshkeel.policy.OpaBinary;
import io.meshkeel.policy.PolicyException;
import io.meshkeel.policy.RuleCount;
import io.meshkeel.policy.Waivers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/**
 * Judges a folder. OPA starts while the folder is read.
 *
 * @param opa value of {@code --opa}
 * @param environment the process's environment
 * @param distribution the distribution's folder, if there is one
 * @param strict whether findings that are no errors deny too
 * @param base the commit that the folder is compared with
 * @param counting whether it is counted what each rule looked at
 */
public record Validator(
    Optional<Path> opa,
    Map<String, String> environment,
    Optional<Path> distribution,
    boolean strict,
    Optional<String> base,
    boolean counting) {
  /** 20 problems of a snapshot are told. */
  private static final int MAX_PROBLEMS = 20;

  /**
   * Reads and judges.
   *
   * @param inventory folder of a snapshot that says what the clusters hold
   * @throws CommandException if a folder can't be read, or holds no mesh, or no snapshot
   */
  public Validation run(Path folder, Optional<Path> inventory) throws CommandException {
    return judging(folder, inventory, (judgement, snapshot) -> judgement.of(snapshot));
  }

  /**
   * Reads and judges, and finds out what can be put right; writes nothing.
   *
   * @param inventory folder of a snapshot that says what the clusters hold
   * @throws CommandException as {@link #run}
   */
  Fixing fix(Path folder, Optional<Path> inventory) throws CommandException {
    return judging(
        folder,
        inventory,
        (judgement, snapshot) -> {
          return new Fixer(judgement, snapshot).fix();
        });
  }

  /**
   * What is done with a folder.
   *
   * @param <T> of what comes of it
   */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * Does it.
     *
     * @param judgement judges it, and what it may become
     * @param snapshot the folder
     * @throws CommandException if it can't be done
     */
    T with(Judgement judgement, Snapshot snapshot) throws CommandException;
  }

  /**
   * Reads a folder and works on it.
   *
   * @param inventory folder of a snapshot that says what the clusters hold
   * @throws CommandException as {@link #run}, and as the work does
   */
  public <T> T judging(Path folder, Optional<Path> inventory, Work<T> work)
      throws CommandException {
    Future<Judge> starting = startJudge();
    try {
      // A snapshot may be one large file, which one thread reads: beside the repository's many.
      Future<Evidence> reading = startReading(inventory);
      DeclarationReader reader = new DeclarationReader();
      Snapshot snapshot = read(folder);
      Declarations declarations = reader.read(snapshot);
      Evidence evidence = read(reading);
      if (declarations.meshes().isEmpty() && declarations.problems().isEmpty()) {
        throw CommandException.brokenInput(
            folder
                + " declares no mesh. Fix: name the root of a mesh repository, with a Mesh in"
                + " meshes/<mesh>/mesh.yaml");
      }
      if (base.isEmpty()) {
        return work.with(at -> judge(at, reader.read(at), Map.of(), evidence, starting), snapshot);
      }
      try (WorkingCopy copy = WorkingCopy.around(folder)) {
        Map<MeshName, Before> before = before(copy.at(base.get()));
        return work.with(at -> judge(at, reader.read(at), before, evidence, starting), snapshot);
      } catch (GitException e) {
        throw CommandException.brokenInput(String.valueOf(e.getMessage()));
      }
    } finally {
      closeWhenStarted(starting);
    }
  }

  /**
   * What is asked of a judge.
   *
   * @param <T> of what comes of it
   */
  @FunctionalInterface
  public interface Asking<T> {
    /**
     * Asks.
     *
     * @param judge that was started for this
     * @param evidence what the clusters hold
     * @throws CommandException if it can't be done
     */
    T with(Judge judge, Evidence evidence) throws CommandException;
  }

  /**
   * Starts a judge and asks it.
   *
   * @param inventory folder of a snapshot that says what the clusters hold
   * @throws CommandException if OPA can't be used, the snapshot can't be read, and as the asking
   */
  public <T> T asking(Optional<Path> inventory, Asking<T> asking) throws CommandException {
    Future<Judge> starting = startJudge();
    try {
      Evidence evidence = inventory.isPresent() ? evidence(inventory.get()) : Evidence.NONE;
      return asking.with(starting.get(), evidence);
    } catch (ExecutionException e) {
      throw CommandException.unable(why(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unable("interrupted", e);
    } finally {
      closeWhenStarted(starting);
    }
  }

  private static String why(ExecutionException e) {
    return e.getCause() instanceof PolicyException known && known.getMessage() != null
        ? known.getMessage()
        : String.valueOf(e.getCause());
  }

  private Future<Judge> startJudge() {
    FutureTask<Judge> start =
        new FutureTask<>(() -> {
          Path binary = OpaBinary.find(opa, environment, distribution);
          return Judge.start(JudgeOptions.of(binary).withStrict(strict));
        });
    Thread.ofPlatform().name("start-opa").daemon().start(start);
    return start;
  }

  private static Future<Evidence> startReading(Optional<Path> inventory) {
    if (inventory.isEmpty()) {
      return CompletableFuture.completedFuture(Evidence.NONE);
    }
    FutureTask<Evidence> reading = new FutureTask<>(() -> evidence(inventory.get()));
    Thread.ofPlatform().name("read-snapshot").daemon().start(reading);
    return reading;
  }

  private static Evidence read(Future<Evidence> reading) throws CommandException {
    try {
      return reading.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CommandException known) {
        throw known;
      }
      throw CommandException.unable("the snapshot can't be read: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unable("interrupted", e);
    }
  }

  private static Snapshot read(Path folder) throws CommandException {
    try {
      return DirectorySnapshot.of(folder);
    } catch (IOException e) {
      throw CommandException.brokenInput(
          folder + " can't be read: " + e.getMessage() + ". Fix: name a folder");
    }
  }

  private static Map<MeshName, Before> before(Snapshot snapshot) {
    Map<MeshName, Before> before = new HashMap<>();
    new DeclarationReader()
        .read(snapshot)
        .meshes()
        .forEach(
            (name, mesh) -> before.put(name, Before.always(new Before.Former(mesh, snapshot))));
    return before;
  }

  private static Evidence evidence(Path folder) throws CommandException {
    InventoryReading reading;
    try {
      reading = InventoryFolder.read(folder);
    } catch (IOException e) {
      throw CommandException.brokenInput(
          "the snapshot can't be read: "
              + e.getMessage()
              + ". Fix: name the folder that meshkeel snapshot wrote, or one with files of plain"
              + " objects");
    }
    if (!reading.problems().isEmpty()) {
      throw CommandException.brokenInput(
          "the snapshot "
              + folder
              + " is broken, so nothing is concluded from it:"
              + reading.problems().stream()
                  .limit(MAX_PROBLEMS)
                  .map(problem -> "\n  " + problem.oneLine())
                  .collect(Collectors.joining())
              + (reading.problems().size() > MAX_PROBLEMS
                  ? "\n  and " + (reading.problems().size() - MAX_PROBLEMS) + " more"
                  : ""));
    }
    return new Evidence(reading.inventory(), reading.traffic(), reading.index().isPresent());
  }

  private static List<String> strangers(Evidence evidence, Declarations declarations) {
    TreeSet<String> names = new TreeSet<>();
    evidence.inventory().clusters().keySet().forEach(cluster -> names.add(cluster.value()));
    declarations
        .meshes()
        .values()
        .forEach(mesh -> mesh.clusters().forEach(cluster -> names.remove(cluster.name().value())));
    return List.copyOf(names);
  }

  private Validation judge(
      Snapshot snapshot,
      Declarations declarations,
      Map<MeshName, Before> before,
      Evidence evidence,
      Future<Judge> starting) {
    List<Finding> findings = new ArrayList<>(declarations.problems());
    boolean broken = !findings.isEmpty();
    List<Verdict> verdicts = new ArrayList<>();
    List<Integer> objects = new ArrayList<>();
    List<List<RuleCount>> counts = new ArrayList<>();
    Optional<String> failure = Optional.empty();
    Map<MeshName, MeshDeclarations> meshes = new TreeMap<>(declarations.meshes());
    for (MeshDeclarations mesh : meshes.values()) {
      broken |= !mesh.problems().isEmpty();
    }
    try {
      Judge judge = starting.get();
      for (MeshDeclarations mesh : meshes.values()) {
        Verdict verdict =
            judge.judge(
                mesh, snapshot, before.getOrDefault(mesh.mesh().name(), Before.NOTHING), evidence);
        verdicts.add(verdict);
        objects.add(mesh.objects().size());
        counts.add(counts(judge, mesh, snapshot, evidence, verdict));
        findings.addAll(verdict.findings());
      }
      List<Finding> notices = notices(declarations, findings, verdicts, judge);
      broken |= notices.stream().anyMatch(notice -> notice.severity() == Severity.ERROR);
      findings.addAll(notices);
    } catch (ExecutionException e) {
      failure = Optional.of(why(e));
      meshes.values().forEach(mesh -> findings.addAll(mesh.problems()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = Optional.of("interrupted");
    }
    return new Validation(
        snapshot,
        findings,
        verdicts,
        objects,
        counts,
        contents(meshes),
        declarations.governance(),
        strangers(evidence, declarations),
        broken,
        strict,
        failure);
  }

  /** Nothing where nobody wants to know, or policy could not be asked, which the verdict tells. */
  private List<RuleCount> counts(
      Judge judge, MeshDeclarations mesh, Snapshot snapshot, Evidence evidence, Verdict verdict)
      throws ExecutionException {
    if (!counting || verdict.outcome() == Verdict.Outcome.ERROR) {
      return List.of();
    }
    try {
      return judge.counts(mesh, snapshot, evidence, verdict);
    } catch (PolicyException e) {
      throw new ExecutionException(e);
    }
  }

  private static List<Finding> notices(
      Declarations declarations, List<Finding> findings, List<Verdict> verdicts, Judge judge) {
    boolean complete =
        declarations.problems().isEmpty()
            && verdicts.stream().noneMatch(verdict -> verdict.outcome() == Verdict.Outcome.ERROR);
    return Waivers.notices(
        declarations.governance().waivers(),
        findings,
        complete,
        judge.rules(declarations.governance()).keySet(),
        LocalDate.now(ZoneOffset.UTC));
  }

  private static Map<MeshName, Map<ResourceKey, Map<String, Object>>> contents(
      Map<MeshName, MeshDeclarations> meshes) {
    Map<MeshName, Map<ResourceKey, Map<String, Object>>> contents = new HashMap<>();
    meshes.forEach((name, mesh) -> {
      Map<ResourceKey, Map<String, Object>> ofMesh = new HashMap<>();
      mesh.objects()
          .forEach(object -> ofMesh.put(object.manifest().key(), object.manifest().content()));
      contents.put(name, ofMesh);
    });
    return contents;
  }

  private static void closeWhenStarted(Future<Judge> starting) {
    try {
      starting.get().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      // It never started, so there is nothing to close; judge() has told why.
      return;
    }
  }
}

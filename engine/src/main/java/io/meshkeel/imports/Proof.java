package io.meshkeel.imports;

import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.desired.DesiredObject;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.DesiredStates;
import io.meshkeel.desired.Labels;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.plan.Change;
import io.meshkeel.plan.FieldDifference;
import io.meshkeel.plan.Plan;
import io.meshkeel.plan.Planner;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads files as the service would read a commit of them, plans them against what was seen, and
 * tells what stands in the way of a plan that only takes over.
 *
 * @param objections by the file they are about; empty if there are none
 * @param elsewhere what the plan would do though no file says so
 * @param adopted how many objects are taken over
 * @param shared of how many objects of others only marks are written
 */
record Proof(
    Map<String, String> objections, Map<ResourceKey, String> elsewhere, long adopted, long shared) {
  private static final JsonPath LABELS = JsonPath.of("metadata", "labels");
  private static final Set<JsonPath> MARKS =
      Set.of(
          LABELS.field(Labels.MANAGED_BY), LABELS.field(Labels.MESH), LABELS.field(Labels.PART_OF));

  /**
   * Whether a change takes over and does nothing else: all that differs are Meshkeel's own labels.
   */
  public static boolean onlyTakesOver(Change change) {
    return switch (change) {
      case Change.Adopt adopt -> onlyMarks(adopt.differences());
      case Change.Update update -> onlyMarks(update.differences());
      case Change.Unchanged _ -> true;
      case Change.Create _,
          Change.Delete _,
          Change.Release _,
          Change.Awaited _,
          Change.Held _,
          Change.PendingRestart _,
          Change.Skipped _ ->
          false;
    };
  }

  private static boolean onlyMarks(List<FieldDifference> differences) {
    return differences.stream().allMatch(difference -> MARKS.contains(difference.path()));
  }

  static Proof of(Map<String, String> files, Map<ClusterName, LiveState> seen) {
    Declarations read = new DeclarationReader().read(new TextSnapshot(files));
    Map<String, String> objections = new TreeMap<>();
    read.problems().forEach(problem -> object(problem, objections));
    read.meshes().values().forEach(mesh -> mesh.problems().forEach(p -> object(p, objections)));
    Map<ResourceKey, String> elsewhere = new TreeMap<>();
    long adopted = 0;
    Set<ResourceKey> shared = new HashSet<>();
    for (MeshDeclarations mesh : read.meshes().values()) {
      Map<ResourceKey, String> places = places(mesh);
      for (Map.Entry<ClusterName, DesiredState> state : new DesiredStates().of(mesh).entrySet()) {
        LiveState live = seen.get(state.getKey());
        if (live == null) {
          continue;
        }
        Plan plan = Planner.plan(state.getValue(), live);
        for (Change change : plan.changes()) {
          if (change instanceof Change.Adopt) {
            adopted++;
          } else if (change instanceof Change.Update) {
            shared.add(change.key());
          }
          if (!onlyTakesOver(change)) {
            String what = "in " + state.getKey() + " the plan " + words(change);
            Optional<String> file = file(plan, change.key(), places);
            if (file.isPresent()) {
              objections.putIfAbsent(file.get(), what);
            } else {
              elsewhere.putIfAbsent(change.key(), what);
            }
          }
        }
      }
    }
    return new Proof(objections, elsewhere, adopted, shared.size());
  }

  private static void object(Finding problem, Map<String, String> objections) {
    objections.putIfAbsent(
        problem.position() == null ? "" : problem.position().file(), problem.message());
  }

  private static Map<ResourceKey, String> places(MeshDeclarations mesh) {
    Map<ResourceKey, String> places = new HashMap<>();
    for (Declaration declaration : mesh.objects()) {
      places.put(declaration.manifest().key(), declaration.position().file());
    }
    return places;
  }

  private static Optional<String> file(
      Plan plan, ResourceKey key, Map<ResourceKey, String> places) {
    return plan.desired()
        .get(key)
        .map(DesiredObject::origin)
        .map(origin -> origin.position().file())
        .or(() -> Optional.ofNullable(places.get(key)));
  }

  private static String words(Change change) {
    return switch (change) {
      case Change.Create _ -> "would create " + change.key();
      case Change.Delete _ -> "would delete it";
      case Change.Release _ -> "would let go of it";
      case Change.Awaited _ -> "waits for it: it isn't there";
      case Change.PendingRestart pending -> "waits: " + pending.message();
      case Change.Held held -> "leaves it alone until " + held.until();
      case Change.Skipped skipped -> "refuses it: " + skipped.message();
      case Change.Unchanged _ -> "leaves it as it is";
      case Change.Adopt adopt -> differs(adopt.differences());
      case Change.Update update -> differs(update.differences());
    };
  }

  private static String differs(List<FieldDifference> differences) {
    List<String> real =
        differences.stream()
            .filter(difference -> !MARKS.contains(difference.path()))
            .map(FieldDifference::oneLine)
            .toList();
    return "would change "
        + String.join("; ", real.subList(0, Math.min(3, real.size())))
        + (real.size() > 3 ? "; and " + (real.size() - 3) + " more fields" : "");
  }
}

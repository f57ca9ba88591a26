package io.meshkeel.facts.joined;

import io.meshkeel.facts.ClusterContents;
import io.meshkeel.facts.Input;
import io.meshkeel.facts.InputTable;
import io.meshkeel.facts.KeptFacts;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.MeshFacts;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.Moves;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Traffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The facts of one mesh from one revision to the next: what was told is kept, and told anew only
 * where something changed that it was read from. Whatever was told before, the answer is a function
 * of what is asked. One thread at a time; others wait.
 */
public final class KeptMesh {
  private final Mesh.Spec spec;
  private final Input<Optional<Traffic>> traffic = new Input<>(Optional.empty());
  private final Input<Set<String>> gateways = new Input<>(Set.of());
  private final Input<Instant> now = new Input<>(Instant.MIN);
  private final Input<Boolean> allocateNoAddresses = new Input<>(false);
  private final InputTable<ResourceKey, List<Object>> unequal = new InputTable<>();
  private final Input<Boolean> workloadsKnown = new Input<>(false);
  private final InputTable<ResourceKey, Set<List<Object>>> deciding = new InputTable<>();
  private ClusterContents contents = ClusterContents.changing();
  private KeptFacts own;
  private Optional<JoinedCore> core = Optional.empty();
  private Optional<FoundConfiguration> configuration = Optional.empty();
  private Map<Manifest, ObjectView> undeclared = new IdentityHashMap<>();
  private Joint joint = Joint.NONE;

  /** Of each object, what the repository tells and what clusters tell beside it, and both. */
  private record Joint(
      List<ObjectView> views, List<Slice> own, List<Slice> observed, List<Slice> both) {
    static final Joint NONE = new Joint(List.of(), List.of(), List.of(), List.of());

    @SuppressWarnings("ReferenceEquality") // What was told anew is another instance.
    Joint then(List<ObjectView> now, List<Slice> ownNow, List<Slice> observedNow) {
      int[] from = Moves.of(views, now).from();
      List<Slice> all = new ArrayList<>(from.length);
      for (int i = 0; i < from.length; i++) {
        int was = from[i];
        all.add(
            was != Moves.CAME
                    && own.get(was) == ownNow.get(i)
                    && observed.get(was) == observedNow.get(i)
                ? both.get(was)
                : ownNow.get(i).and(observedNow.get(i)));
      }
      return new Joint(now, ownNow, observedNow, all);
    }
  }

  /**
   * What rules are told.
   *
   * @param slices of the declared objects, in their order
   * @param others of everything else, in a fixed order
   */
  public record Told(List<Slice> slices, Map<Subject, Slice> others) {}

  /** Nothing is known yet. */
  public KeptMesh(Mesh.Spec spec) {
    this.spec = spec;
    this.own = fresh();
  }

  /** Whether it can go on with a mesh that is described so. */
  public boolean suits(Mesh.Spec other) {
    return spec.equals(other);
  }

  /**
   * How much the last {@link #tell} told anew: what the repository tells of an object and what
   * clusters tell of it count each, and so does what is found.
   */
  public synchronized int made() {
    return own.made() + core.map(JoinedCore::made).orElse(0);
  }

  private KeptFacts fresh() {
    List<KeptIndex> indexes = new ArrayList<>(MeshFacts.indexes(spec, contents));
    indexes.add(new HiddenHosts(spec, contents, traffic, gateways));
    indexes.add(new Faults(now));
    indexes.add(new WeakModes(spec, workloadsKnown, deciding));
    indexes.add(new EntryAddresses(allocateNoAddresses));
    indexes.add(new Unequal(unequal));
    return new KeptFacts(indexes);
  }

  /**
   * Tells of a revision of the mesh.
   *
   * @param views the objects of the revision; of what didn't change, the same instances as before
   * @param evidence what is known of the clusters
   * @param today for what is said of dates
   * @param wanted of which objects something is asked; the same answer for the same instance each
   *     time
   */
  public synchronized Told tell(
      MeshDeclarations mesh,
      List<ObjectView> views,
      Evidence evidence,
      Instant today,
      Predicate<ObjectView> wanted) {
    if (own.isWorn()) {
      own.forget();
      contents = ClusterContents.changing();
      own = fresh();
    }
    Optional<JoinedCore> before = core;
    Optional<FoundConfiguration> foundBefore = configuration;
    // What goes wrong half-way must not be gone on with.
    core = Optional.empty();
    configuration = Optional.empty();
    JoinedCore now = JoinedCore.of(before, mesh, evidence, today);
    Optional<ObservedFacts> observed = now.observed();
    FoundConfiguration found = FoundConfiguration.of(foundBefore, mesh, evidence);
    contents.become(observed.map(ObservedFacts::contents).orElse(ClusterContents.NONE));
    unequal.become(found.unequal());
    traffic.set(evidence.traffic());
    gateways.set(observed.map(ObservedFacts::gateways).orElse(Set.of()));
    Optional<JoinedMesh> known =
        observed.map(ObservedFacts::mesh).filter(one -> one.unknownWorkloads().isEmpty());
    workloadsKnown.set(known.isPresent());
    deciding.become(known.map(one -> one.reach().decidingModes()).orElse(Map.of()));
    this.now.set(today);
    allocateNoAddresses.set(observed.map(ObservedFacts::allocateNoAddresses).orElse(false));
    List<ObjectView> all = new ArrayList<>(views);
    all.addAll(undeclared(observed, found));
    own.become(all, wanted);
    List<Slice> slices = own.tell(views.size());
    Map<Subject, Slice> others = found.others();
    observed.ifPresent(
        one -> one.others().forEach((subject, slice) -> others.merge(subject, slice, Slice::and)));
    joint =
        now.isSilent()
            ? Joint.NONE
            : joint.then(List.copyOf(views), slices, now.tell(all, views.size(), wanted));
    core = Optional.of(now);
    configuration = Optional.of(found);
    return new Told(now.isSilent() ? slices : joint.both(), others);
  }

  /** Views of what is found; of an object that is still there, the same as before. */
  private List<ObjectView> undeclared(Optional<ObservedFacts> observed, FoundConfiguration found) {
    Map<Manifest, ObjectView> next = new IdentityHashMap<>();
    List<ObjectView> views = new ArrayList<>();
    observed
        .map(ObservedFacts::mesh)
        .ifPresent(mesh -> {
          for (Declaration object : found.undeclared(mesh.configuration())) {
            ObjectView known = undeclared.get(object.manifest());
            ObjectView view = known != null ? known : ObjectView.of(object, spec.clusterDomain());
            next.put(object.manifest(), view);
            views.add(view);
          }
        });
    undeclared = next;
    return views;
  }
}

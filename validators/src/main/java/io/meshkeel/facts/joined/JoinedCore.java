package io.meshkeel.facts.joined;

import io.meshkeel.facts.KeptFacts;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.Traffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What clusters tell of a mesh, as long as nothing of it changes. Kinds that no other object's
 * facts are read from don't count: they are left out of what it is made of, so that a change of one
 * leaves all of it as it is.
 */
final class JoinedCore {
  /**
   * Kinds of which nothing is read here but by their own object's facts. Whoever wants to read one
   * takes it out of here first; until then there are none to be seen. With files written by hand
   * all are left in, since which kinds there are tells what somebody thought of.
   */
  static final Set<GroupKind> UNREAD =
      Stream.of(
              "networking.istio.io/VirtualService",
              "networking.istio.io/Gateway",
              "networking.istio.io/EnvoyFilter",
              "networking.istio.io/ProxyConfig",
              "telemetry.istio.io/Telemetry",
              "extensions.istio.io/WasmPlugin",
              "extensions.istio.io/TrafficExtension",
              "gateway.networking.k8s.io/HTTPRoute",
              "gateway.networking.k8s.io/GRPCRoute",
              "gateway.networking.k8s.io/TLSRoute",
              "gateway.networking.k8s.io/TCPRoute")
          .map(name -> name.split("/"))
          .map(parts -> new GroupKind(parts[0], parts[1]))
          .collect(Collectors.toUnmodifiableSet());

  /**
   * All that it is a function of, but for the time.
   *
   * @param held of the clusters of the mesh that were looked at
   */
  private record Basis(
      List<MeshCluster> clusters,
      List<OwnDeclaration> own,
      List<Declaration> objects,
      List<ClusterInventory> held,
      Optional<Traffic> traffic,
      boolean complete) {
    static Basis of(MeshDeclarations mesh, Evidence evidence) {
      Set<GroupKind> unread = evidence.complete() ? UNREAD : Set.of();
      List<Declaration> objects = new ArrayList<>();
      for (Declaration object : mesh.objects()) {
        if (!unread.contains(object.manifest().key().groupKind())) {
          objects.add(object);
        }
      }
      List<ClusterInventory> held = new ArrayList<>();
      for (MeshCluster cluster : mesh.clusters()) {
        evidence
            .inventory()
            .of(cluster.name())
            .ifPresent(inventory -> held.add(inventory.without(unread)));
      }
      return new Basis(
          mesh.clusters(), mesh.own(), objects, held, evidence.traffic(), evidence.complete());
    }

    boolean sameAs(Basis other) {
      return complete == other.complete
          && clusters.equals(other.clusters)
          && traffic.equals(other.traffic)
          && identical(own, other.own)
          && identical(objects, other.objects)
          && held.size() == other.held.size()
          && sameHeld(other);
    }

    private boolean sameHeld(Basis other) {
      for (int i = 0; i < held.size(); i++) {
        if (!held.get(i).holdsSame(other.held.get(i))) {
          return false;
        }
      }
      return true;
    }

    @SuppressWarnings("ReferenceEquality") // A file that didn't change yields the same instances.
    private static <T> boolean identical(List<T> one, List<T> other) {
      if (one.size() != other.size()) {
        return false;
      }
      for (int i = 0; i < one.size(); i++) {
        if (one.get(i) != other.get(i)) {
          return false;
        }
      }
      return true;
    }
  }

  private final Basis basis;
  private final ObservedFacts observed;
  private final KeptFacts facts;

  private JoinedCore(Basis basis, ObservedFacts observed) {
    this.basis = basis;
    this.observed = observed;
    this.facts = new KeptFacts(observed.indexes());
  }

  /**
   * @param before is given back if nothing changed
   * @param now for what is said of dates
   */
  static JoinedCore of(
      Optional<JoinedCore> before, MeshDeclarations mesh, Evidence evidence, Instant now) {
    Basis basis = Basis.of(mesh, evidence);
    if (before.isPresent()
        && before.get().basis.sameAs(basis)
        && before.get().observed.mesh().map(joined -> joined.holdsAt(now)).orElse(true)
        && !before.get().facts.isWorn()) {
      return before.get();
    }
    MeshDeclarations rest =
        new MeshDeclarations(
            mesh.mesh(),
            mesh.clusters(),
            basis.objects(),
            mesh.own(),
            mesh.problems(),
            mesh.governance());
    Inventory inventory =
        new Inventory(
            basis.held().stream()
                .collect(Collectors.toMap(ClusterInventory::cluster, held -> held)));
    return new JoinedCore(
        basis,
        ObservedFacts.of(
            rest, new Evidence(inventory, evidence.traffic(), evidence.complete()), now));
  }

  ObservedFacts observed() {
    return observed;
  }

  /** How many slices were made by the last {@link #tell}. */
  int made() {
    return facts.made();
  }

  /** Whether nothing is told of Istio objects of the repository. */
  boolean isSilent() {
    return observed.indexes().isEmpty();
  }

  /**
   * Tells of objects of the repository.
   *
   * @param all objects that there are
   * @param wanted of which of them something is asked
   */
  List<Slice> tell(
      Collection<ObjectView> all, List<ObjectView> objects, Predicate<ObjectView> wanted) {
    facts.become(all);
    return facts.tell(objects, wanted);
  }
}

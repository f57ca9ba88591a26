package io.meshkeel.facts.joined;

import io.meshkeel.facts.KeptFacts;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Inventory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What clusters tell of a mesh, from one revision to the next. Single objects come and go in it;
 * when what holds all of them together changes, it is made anew. For one thread at a time.
 */
final class JoinedCore {
  /**
   * After so many changes it is made anew, so that names that nobody uses any more are forgotten.
   */
  private static final int MOST_CHANGES = 50_000;

  private Basis basis;
  private final Optional<ObservedFacts> observed;
  private final KeptFacts facts;
  private int changes;

  private JoinedCore(Basis basis, Optional<ObservedFacts> observed) {
    this.basis = basis;
    this.observed = observed;
    this.facts = new KeptFacts(observed.map(ObservedFacts::indexes).orElse(List.of()));
  }

  /**
   * @param before goes on, and is given back, if single objects changed or none; else it is of no
   *     use any more
   * @param now for what is said of dates
   */
  static JoinedCore of(
      Optional<JoinedCore> before, MeshDeclarations mesh, Evidence evidence, Instant now) {
    Basis basis = Basis.of(mesh, evidence);
    return before
        .filter(core -> core.goOn(basis, now))
        .orElseGet(() -> new JoinedCore(basis, observed(mesh, basis, now)));
  }

  private static Optional<ObservedFacts> observed(MeshDeclarations mesh, Basis basis, Instant now) {
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
    return ObservedFacts.of(rest, new Evidence(inventory, basis.traffic(), basis.complete()), now);
  }

  private boolean goOn(Basis next, Instant now) {
    Optional<Basis.Difference> difference = basis.difference(next);
    if (difference.isEmpty()
        || facts.isWorn()
        || !observed.map(known -> known.mesh().deadlines().goOn(now)).orElse(true)) {
      return false;
    }
    if (difference.get().isEmpty() && basis.traffic().equals(next.traffic())) {
      observed.ifPresent(ObservedFacts::rest);
      return true;
    }
    changes += difference.get().size();
    if (!next.complete() || changes > MOST_CHANGES) {
      return false;
    }
    basis = next;
    return observed.map(known -> known.become(difference.get(), next)).orElse(true);
  }

  /** What is told, if some cluster was looked at. */
  Optional<ObservedFacts> observed() {
    return observed;
  }

  /** How many slices, and pieces of what is found, were told anew for the last revision. */
  int made() {
    return facts.made() + observed.map(ObservedFacts::made).orElse(0);
  }

  /** Whether nothing is told of Istio objects of the repository. */
  boolean isSilent() {
    return observed.isEmpty();
  }

  /**
   * Tells of objects of the repository.
   *
   * @param all objects that there are
   * @param first of how many of them it is told
   * @param wanted of which of them something is asked
   */
  List<Slice> tell(List<ObjectView> all, int first, Predicate<ObjectView> wanted) {
    facts.become(all, wanted);
    return facts.tell(first);
  }
}

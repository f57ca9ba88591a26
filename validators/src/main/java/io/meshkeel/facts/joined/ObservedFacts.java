package io.meshkeel.facts.joined;

import io.meshkeel.facts.ClusterContents;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.Retold;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Facts of a mesh for which its clusters must be known. Of Istio objects of the repository they are
 * told by indexes; of Meshkeel's own kinds and of what clusters hold, here. They know nothing of
 * {@link FoundConfiguration}. Kept from one revision to the next; for one thread.
 */
final class ObservedFacts {
  private final JoinedMesh mesh;
  private final Retold<Frame> frame;
  private final ToldOthers others;
  private ClusterContents contents;

  /**
   * What is read once: if it changes, all is told anew.
   *
   * @param indexes of Istio objects of the repository
   * @param allocateNoAddresses whether istiod is known to give ServiceEntries no addresses
   */
  private record Frame(List<KeptIndex> indexes, boolean allocateNoAddresses) {
    static Frame of(JoinedMesh mesh) {
      return new Frame(
          List.of(
              new DestinationHosts(mesh),
              new EmptySubsets(mesh),
              new PlainToStrict(mesh),
              new GatewayProxies(mesh),
              new AuthorizedPorts(mesh),
              new Selectors(mesh),
              new PolicyTargets(mesh),
              new StrictScopes(mesh),
              new TokenChecks(mesh),
              new PolicyCallers(mesh),
              new CrdFields(mesh),
              new ProxyVersions(mesh),
              new BlockedHosts(mesh),
              new GatewayTokens(mesh),
              new AttachedRoutes(mesh),
              new ListenerCertificates(mesh)),
          Istiods.allocateNoAddresses(mesh));
    }
  }

  private ObservedFacts(JoinedMesh mesh) {
    this.mesh = mesh;
    this.frame = new Retold<>(() -> Frame.of(mesh));
    this.others = new ToldOthers(mesh);
    this.contents = mesh.contents();
  }

  /**
   * @param evidence what the clusters hold
   * @param now for what is said of dates
   * @return empty if no cluster was looked at
   */
  static Optional<ObservedFacts> of(MeshDeclarations mesh, Evidence evidence, Instant now) {
    return JoinedMesh.of(mesh, evidence, now).map(ObservedFacts::new);
  }

  /**
   * Takes over what changed, in a mesh whose clusters are known in full.
   *
   * @return whether it could; else all must be told anew
   */
  boolean become(Basis.Difference difference, Basis basis) {
    Optional<JoinedMesh.Changed> changed =
        mesh.become(
            basis.objects(),
            difference.declared(),
            basis.held(),
            difference.found(),
            basis.traffic());
    if (changed.isEmpty() || !frame.holds()) {
      return false;
    }
    others.become(changed.get());
    contents = mesh.contents();
    return true;
  }

  /** Nothing changed. */
  void rest() {
    others.rest();
  }

  /** How many pieces of what is told of others were told anew for the last revision. */
  int made() {
    return others.made();
  }

  /** What the clusters hold, for indexes of what is declared; another instance once it changed. */
  ClusterContents contents() {
    return contents;
  }

  /** Facts of Istio objects. */
  List<KeptIndex> indexes() {
    return frame.get().indexes();
  }

  /** The workloads that are gateways, as {@code namespace/name}. */
  Set<String> gateways() {
    return mesh.workloads().proxies().stream()
        .map(workload -> workload.key().namespace() + "/" + workload.key().name())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether istiod is known to give ServiceEntries no addresses. */
  boolean allocateNoAddresses() {
    return frame.get().allocateNoAddresses();
  }

  /** What they are told from. */
  JoinedMesh mesh() {
    return mesh;
  }

  /** What is told of everything else, in a fixed order. */
  Map<Subject, Slice> others() {
    return others.told();
  }
}

package io.meshkeel.facts.joined;

import io.meshkeel.facts.ClusterContents;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Facts of a mesh for which its clusters must be known. Of Istio objects of the repository they are
 * told by indexes; of Meshkeel's own kinds and of what clusters hold, here. They know nothing of
 * {@link FoundConfiguration}.
 */
final class ObservedFacts {
  private final List<KeptIndex> indexes = new ArrayList<>();
  private final Map<Subject, Slice> others = new LinkedHashMap<>();
  private boolean allocateNoAddresses;
  private Set<String> gateways = Set.of();
  private Optional<JoinedMesh> mesh = Optional.empty();
  private ClusterContents contents = ClusterContents.NONE;

  private ObservedFacts() {}

  /**
   * @param evidence what the clusters hold; with nothing in it, only those facts are told that
   *     don't need it
   * @param now for what is said of dates
   */
  static ObservedFacts of(MeshDeclarations mesh, Evidence evidence, Instant now) {
    ObservedFacts facts = new ObservedFacts();
    Optional<JoinedMesh> joined = JoinedMesh.of(mesh, evidence, now);
    facts.allocateNoAddresses = joined.map(Istiods::allocateNoAddresses).orElse(false);
    facts.mesh = joined;
    joined.ifPresent(known -> {
      facts.contents = known.contents();
      facts.gateways =
          known.workloads().stream()
              .filter(workload -> workload.role() != Proxy.Role.SIDECAR)
              .map(workload -> workload.key().namespace() + "/" + workload.key().name())
              .collect(Collectors.toUnmodifiableSet());
      facts.indexes.addAll(
          List.of(
              new DestinationHosts(known),
              new EmptySubsets(known),
              new PlainToStrict(known),
              new GatewayProxies(known),
              new AuthorizedPorts(known),
              new Selectors(known),
              new PolicyTargets(known),
              new StrictScopes(known),
              new TokenChecks(known),
              new PolicyCallers(known),
              new CrdFields(known),
              new ProxyVersions(known),
              new BlockedHosts(known),
              new GatewayTokens(known),
              new AttachedRoutes(known),
              new ListenerCertificates(known)));
      new FoundClusters(known, facts::of).tell();
      new UndeclaredHosts(known, facts::of).tell();
      new FoundAnnotations(known, facts::of).tell();
      UnseenClusters.tell(known, facts::of);
      new FoundServices(known, facts::of).tell();
      new FoundWorkloads(known, facts::of).tell();
      new FoundNamespaces(known, facts::of).tell();
      new OpenNamespaces(known, facts::of).tell();
    });
    return facts;
  }

  /** What the clusters hold, for indexes of what is declared. */
  ClusterContents contents() {
    return contents;
  }

  /** Facts of Istio objects, as long as the clusters hold the same. */
  List<KeptIndex> indexes() {
    return List.copyOf(indexes);
  }

  /** The workloads that are gateways, as {@code namespace/name}. */
  Set<String> gateways() {
    return gateways;
  }

  /** Whether istiod is known to give ServiceEntries no addresses. */
  boolean allocateNoAddresses() {
    return allocateNoAddresses;
  }

  /** What they were told from; empty if no cluster was looked at. */
  Optional<JoinedMesh> mesh() {
    return mesh;
  }

  /** What is told of everything else, in a fixed order. */
  Map<Subject, Slice> others() {
    return others;
  }

  /** The slice of something that is no Istio object of the repository. */
  Slice of(Subject subject) {
    return others.computeIfAbsent(subject, s -> new Slice());
  }
}

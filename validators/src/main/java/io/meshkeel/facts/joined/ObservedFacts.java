package io.meshkeel.facts.joined;

import io.meshkeel.facts.ClusterContents;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.SourceFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Facts of a mesh for which its clusters must be known. Of Istio objects of the repository they are
 * told by indexes; of Meshkeel's own kinds and of what clusters hold, here.
 */
public final class ObservedFacts {
  private static final SourceFile NO_FILE = new SourceFile("", "", 0);

  private final List<KeptIndex> indexes = new ArrayList<>();
  private final Map<Subject, Slice> others = new LinkedHashMap<>();
  private final List<ObjectView> undeclared = new ArrayList<>();
  private boolean allocateNoAddresses;
  private Set<String> gateways = Set.of();
  private ClusterContents contents = ClusterContents.NONE;

  private ObservedFacts() {}

  /**
   * @param evidence what the clusters hold; with nothing in it, only those facts are told that
   *     don't need it
   * @param now for what is said of dates
   */
  public static ObservedFacts of(MeshDeclarations mesh, Evidence evidence, Instant now) {
    ObservedFacts facts = new ObservedFacts();
    Optional<JoinedMesh> joined = JoinedMesh.of(mesh, evidence, now);
    facts.allocateNoAddresses = joined.map(Istiods::allocateNoAddresses).orElse(false);
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
              new StrictScopes(known),
              new TokenChecks(known),
              new PolicyCallers(known),
              new CrdFields(known),
              new ProxyVersions(known),
              new GatewayTokens(known),
              new AttachedRoutes(known),
              new ListenerCertificates(known)));
      FoundConfiguration configuration = new FoundConfiguration(known, facts::of);
      configuration.tell();
      facts.indexes.add(configuration);
      new FoundClusters(known, facts::of).tell();
      new UndeclaredHosts(known, facts::of).tell();
      new FoundAnnotations(known, facts::of).tell();
      facts.addUndeclared(known);
      UnseenClusters.tell(known, facts::of);
      new FoundServices(known, facts::of).tell();
      new FoundWorkloads(known, facts::of).tell();
      new FoundNamespaces(known, facts::of).tell();
    });
    return facts;
  }

  /** Istio objects that somebody else keeps in the configuration cluster: istiod reads them too. */
  private void addUndeclared(JoinedMesh mesh) {
    Set<ResourceKey> declared = new HashSet<>();
    mesh.declared().objects().forEach(object -> declared.add(object.manifest().key()));
    mesh
        .expected()
        .of(mesh.configuration())
        .map(ClusterInventory::objects)
        .orElse(List.of())
        .stream()
        .filter(object -> Overlay.isConfiguration(object.key()))
        .filter(object -> !declared.contains(object.key()))
        .map(object ->
            new Declaration(
                object,
                mesh.declared().mesh().name(),
                NO_FILE,
                0,
                mesh.declared().mesh().position()))
        .forEach(found -> undeclared.add(ObjectView.of(found, mesh.spec().clusterDomain())));
  }

  /**
   * Istio objects that are found and not declared: they meet what is declared, and no rule is asked
   * about them.
   */
  public List<ObjectView> undeclared() {
    return List.copyOf(undeclared);
  }

  /** What the clusters hold, for indexes of what is declared. */
  public ClusterContents contents() {
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

  /** What is told of everything else, in a fixed order. */
  public Map<Subject, Slice> others() {
    return others;
  }

  /** The slice of something that is no Istio object of the repository. */
  Slice of(Subject subject) {
    return others.computeIfAbsent(subject, s -> new Slice());
  }
}

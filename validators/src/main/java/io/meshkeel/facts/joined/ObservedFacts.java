package io.meshkeel.facts.joined;

import io.meshkeel.facts.FactIndex;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Facts of a mesh for which its clusters must be known. Of Istio objects of the repository they are
 * told by indexes; of Meshkeel's own kinds and of what clusters hold, here.
 */
public final class ObservedFacts {
  private final List<FactIndex> indexes = new ArrayList<>();
  private final Map<Subject, Slice> others = new LinkedHashMap<>();

  private ObservedFacts() {}

  /**
   * @param evidence what the clusters hold; with nothing in it, only those facts are told that
   *     don't need it
   * @param now for what is said of dates
   */
  public static ObservedFacts of(MeshDeclarations mesh, Evidence evidence, Instant now) {
    ObservedFacts facts = new ObservedFacts();
    Optional<JoinedMesh> joined = JoinedMesh.of(mesh, evidence, now);
    facts.indexes.add(new HiddenHosts(mesh.mesh().spec(), evidence.traffic()));
    facts.indexes.add(new Faults(now));
    facts.indexes.add(new WeakModes());
    facts.indexes.add(new EntryAddresses(joined.map(Istiods::allocateNoAddresses).orElse(false)));
    joined.ifPresent(known -> {
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
              new AttachedRoutes(known)));
      FoundConfiguration configuration = new FoundConfiguration(known, facts::of);
      configuration.tell();
      facts.indexes.add(configuration);
      new FoundClusters(known, facts::of).tell();
      new FoundAnnotations(known, facts::of).tell();
      UnseenClusters.tell(known, facts::of);
      new FoundServices(known, facts::of).tell();
      new FoundWorkloads(known, facts::of).tell();
      new FoundNamespaces(known, facts::of).tell();
    });
    return facts;
  }

  /** Facts of Istio objects. */
  public List<FactIndex> indexes() {
    return List.copyOf(indexes);
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

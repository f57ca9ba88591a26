package io.meshkeel.imports;

import io.meshkeel.desired.Labels;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what the clusters of a running mesh hold as the declarations of a repository, so that the
 * plan of them takes over what is there and changes nothing. That is not hoped for but proven: the
 * files are read and planned against what was seen, and whatever would make a difference is left
 * out and reported. Pure; any thread.
 */
public final class Importer {
  /** Kinds of which a MeshGateway claims the object of its name, whatever renders it. */
  private static final Set<GroupKind> CLAIMED =
      Set.of(ObservedKinds.DEPLOYMENT, ObservedKinds.SERVICE);

  private final ImportRequest request;
  private final Footing footing;
  private final Names names;
  private final List<ImportEntry> report = new ArrayList<>();

  /** What is written instead of a draft that has to go, by its path. */
  private final Map<String, List<Draft>> instead = new HashMap<>();

  private final Map<ClusterName, LiveState> seen;
  private final Map<String, String> base;

  private final Prover prover;

  /** Proves files against what was seen, as {@link Proof#of}. */
  @FunctionalInterface
  interface Prover {
    Proof of(Map<String, String> files, Map<ClusterName, LiveState> seen);
  }

  private Importer(ImportRequest request, Prover prover) throws ImportException {
    this.request = request;
    this.prover = prover;
    this.footing = Footing.of(request);
    this.names = new Names(request.mesh());
    this.seen = Seen.of(request.inventory());
    this.base = MeshFiles.of(footing, request, names);
  }

  /**
   * Imports.
   *
   * @throws ImportException if the clusters make no mesh that can be declared
   */
  public static Imported run(ImportRequest request) throws ImportException {
    return run(request, Proof::of);
  }

  /** The same, proven otherwise. */
  static Imported run(ImportRequest request, Prover prover) throws ImportException {
    return new Importer(request, prover).run();
  }

  private Imported run() throws ImportException {
    Map<String, Draft> drafts = new LinkedHashMap<>();
    for (Draft draft : all()) {
      drafts.put(draft.path(), draft);
    }
    // What is left out brings in at most what it stood for, so this ends; mostly after one round.
    while (true) {
      Map<String, String> files = new HashMap<>(base);
      drafts.forEach((path, draft) -> files.put(path, draft.text()));
      Proof proof = prover.of(files, seen);
      if (proof.objections().isEmpty()) {
        return imported(files, drafts, proof);
      }
      for (Map.Entry<String, String> objection : proof.objections().entrySet()) {
        Draft draft = drafts.remove(objection.getKey());
        if (draft == null) {
          throw new ImportException(
              "the mesh can't be declared: "
                  + objection.getKey()
                  + ": "
                  + Lines.plain(objection.getValue()));
        }
        List<Draft> others = instead.getOrDefault(draft.path(), List.of());
        instead.remove(draft.path());
        others.forEach(other -> drafts.put(other.path(), other));
        if (others.stream().noneMatch(other -> other.about().equals(draft.about()))) {
          report.add(draft.leftOut(objection.getValue()));
        }
      }
    }
  }

  private Imported imported(Map<String, String> files, Map<String, Draft> drafts, Proof proof) {
    drafts.values().forEach(draft -> report.addAll(draft.entries()));
    proof
        .elsewhere()
        .forEach((key, what) ->
            report.add(
                new ImportEntry(ImportEntry.Sort.LEFT_OUT, key, footing.controlPlanes(), what)));
    report.sort(ImportEntry.ORDER);
    Map<String, String> all = new HashMap<>(files);
    all.put("README.md", Guide.of(footing, request, report, proof));
    return new Imported(all, report, proof.adopted(), proof.shared());
  }

  private List<Draft> all() {
    boolean external = footing.topology() == Mesh.Topology.EXTERNAL;
    InjectedGateways gateways =
        new InjectedGateways(request, footing, names, report::add, this::objection);
    List<Draft> drafts = new ArrayList<>(external ? List.of() : gateways.drafts());
    List<Draft> settings = external ? List.of() : settings();
    for (Draft draft : settings) {
      if (standsFor(draft, gateways)) {
        elsewhere(draft, gateways.placed()).ifPresent(drafts::add);
      } else {
        drafts.add(draft);
      }
    }
    for (Draft plain : new PlainObjects(request, footing, names, report::add).drafts()) {
      Optional<Draft> gateway =
          settings.stream().anyMatch(each -> isInTheWay(each, plain))
              ? Optional.empty()
              : gateway(plain);
      gateway.ifPresent(draft -> instead.put(draft.path(), List.of(plain)));
      Draft draft = gateway.orElse(plain);
      if (!standsFor(draft, gateways)) {
        drafts.add(draft);
      }
    }
    if (!external) {
      report.addAll(
          new GatewayRemains(request, footing, gateways.placed(), List.copyOf(report)).entries());
    }
    report.addAll(new RemoteSecretNotes(request, footing).entries());
    return drafts;
  }

  /** Whether a gateway by injection stands for an object; remembers what it stands for. */
  private boolean standsFor(Draft draft, InjectedGateways gateways) {
    Optional<String> standIn =
        gateways.claimed().entrySet().stream()
            .filter(gateway -> gateway.getValue().contains(draft.about()))
            .map(Map.Entry::getKey)
            .findFirst();
    standIn.ifPresent(path -> instead.computeIfAbsent(path, _ -> new ArrayList<>()).add(draft));
    return standIn.isPresent();
  }

  /** The settings of an object in the clusters where no gateway by injection is called so. */
  private Optional<Draft> elsewhere(Draft draft, Map<ClusterName, Set<ResourceKey>> placed) {
    List<Draft.Part> parts = new ArrayList<>();
    for (Draft.Part part : draft.parts()) {
      List<ClusterName> clusters =
          part.clusters().stream()
              .filter(cluster -> !placed.getOrDefault(cluster, Set.of()).contains(draft.about()))
              .toList();
      if (!clusters.isEmpty()) {
        parts.add(OwnDraft.narrowed(part, footing, clusters));
      }
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(new Draft(draft.path(), draft.about(), parts));
  }

  /** Whether a MeshGateway in place of a Gateway would claim what these settings are about. */
  private static boolean isInTheWay(Draft settings, Draft plain) {
    ResourceKey about = settings.about();
    return CLAIMED.contains(about.groupKind())
        && about.namespace().equals(plain.about().namespace())
        && about.name().equals(plain.about().name())
        && settings.clusters().stream().anyMatch(plain.clusters()::contains);
  }

  /** What is Istio's in objects of others. */
  private List<Draft> settings() {
    List<Draft> drafts = new ArrayList<>();
    drafts.addAll(
        new NamespaceLabels(request, footing, names, report::add)
            .drafts(List.of(ObservedKinds.NAMESPACE)));
    drafts.addAll(
        new WorkloadSettings(request, footing, names, report::add)
            .drafts(
                List.of(
                    ObservedKinds.DEPLOYMENT,
                    ObservedKinds.STATEFUL_SET,
                    ObservedKinds.DAEMON_SET)));
    drafts.addAll(
        new ServiceProtocols(request, footing, names, report::add)
            .drafts(List.of(ObservedKinds.SERVICE)));
    return drafts;
  }

  /** The same object as a MeshGateway, if that renders exactly what is there. */
  private Optional<Draft> gateway(Draft plain) {
    String name = plain.about().name();
    if (plain.parts().size() != 1 || !names.free("MeshGateway", name)) {
      return Optional.empty();
    }
    Draft.Part part = plain.parts().getFirst();
    return GatewayShape.of(Manifest.of(part.content()), part.clusters())
        .map(spec -> {
          Map<String, Object> document = OwnDraft.document("MeshGateway", name, spec);
          if (request.adoption() == ImportRequest.Adoption.objects) {
            document = new HashMap<>(document);
            document.put(
                "metadata", Map.of("name", name, "annotations", Map.of(Labels.ADOPT, "true")));
          }
          return new Draft(
              names.path("gateways/", name),
              plain.about(),
              List.of(
                  OwnDraft.part(
                      document,
                      part.clusters(),
                      List.of("Renders the Gateway " + plain.about() + " as it is there."))));
        })
        .filter(draft -> objection(draft).isEmpty())
        .map(draft -> {
          names.unique("MeshGateway", name);
          return draft;
        });
  }

  /** What the plan has against this draft alone; empty if it only takes over. */
  private Optional<String> objection(Draft draft) {
    Map<String, String> files = new HashMap<>(base);
    files.put(draft.path(), draft.text());
    return prover.of(files, seen).objections().values().stream().findFirst();
  }
}

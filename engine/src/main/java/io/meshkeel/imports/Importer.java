package io.meshkeel.imports;

import io.meshkeel.desired.Labels;
import io.meshkeel.live.LiveState;
import io.meshkeel.model.ClusterName;
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

/**
 * Writes what the clusters of a running mesh hold as the declarations of a repository, so that the
 * plan of them takes over what is there and changes nothing. That is not hoped for but proven: the
 * files are read and planned against what was seen, and whatever would make a difference is left
 * out and reported. Pure; any thread.
 */
public final class Importer {
  private final ImportRequest request;
  private final Footing footing;
  private final Names names;
  private final List<ImportEntry> report = new ArrayList<>();

  /** What is written instead of a draft that has to go, by its path. */
  private final Map<String, List<Draft>> instead = new HashMap<>();

  private final Map<ClusterName, LiveState> seen;
  private final Map<String, String> base;

  private Importer(ImportRequest request) throws ImportException {
    this.request = request;
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
    return new Importer(request).run();
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
      Proof proof = Proof.of(files, seen);
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
        report.add(draft.leftOut(objection.getValue()));
        List<Draft> others = instead.remove(draft.path());
        if (others != null) {
          others.forEach(other -> drafts.put(other.path(), other));
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
    List<Draft> others = new ArrayList<>(external ? List.of() : settings());
    for (Draft plain : new PlainObjects(request, footing, names, report::add).drafts()) {
      Optional<Draft> gateway = gateway(plain);
      gateway.ifPresent(draft -> instead.put(draft.path(), List.of(plain)));
      others.add(gateway.orElse(plain));
    }
    for (Draft draft : others) {
      Optional<String> standIn = standIn(draft.about(), gateways);
      if (standIn.isPresent()) {
        instead.computeIfAbsent(standIn.get(), _ -> new ArrayList<>()).add(draft);
      } else {
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

  /** The path of the gateway by injection that an object is a part of. */
  private static Optional<String> standIn(ResourceKey about, InjectedGateways gateways) {
    return gateways.claimed().entrySet().stream()
        .filter(gateway -> gateway.getValue().contains(about))
        .map(Map.Entry::getKey)
        .findFirst();
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
    return Proof.of(files, seen).objections().values().stream().findFirst();
  }
}

package io.meshkeel.imports;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Secrets by which istiods reach other clusters: which there are is seen, what is in them is
 * not. From which credential one was made nobody can tell, so none is declared; what to write is
 * said beside the cluster that it is about.
 */
final class RemoteSecretNotes {
  private static final String MARK = "istio/multiCluster";
  private static final String CLUSTER = "networking.istio.io/cluster";

  private final Footing footing;

  /** Where they are, by the cluster that they are about. */
  private final Map<String, Map<ResourceKey, Set<ClusterName>>> found = new TreeMap<>();

  RemoteSecretNotes(ImportRequest request, Footing footing) {
    this.footing = footing;
    for (ClusterName plane : footing.controlPlanes()) {
      for (Manifest secret : request.inventory().of(plane).orElseThrow().of(ObservedKinds.SECRET)) {
        if ("true".equals(secret.labels().get(MARK))) {
          for (String about : about(secret)) {
            found
                .computeIfAbsent(about, _ -> new TreeMap<>())
                .computeIfAbsent(secret.key(), _ -> new TreeSet<>())
                .add(plane);
          }
        }
      }
    }
  }

  /** The keys of a remote secret are names of clusters; most have one, which an annotation says. */
  private static Set<String> about(Manifest secret) {
    String named = JsonTree.string(secret.annotations(), CLUSTER, "");
    return named.isEmpty() ? JsonTree.map(secret.content(), "data").keySet() : Set.of(named);
  }

  /** What the declaration of a cluster says of them. */
  List<String> comments(ClusterName cluster) {
    List<String> comments = new ArrayList<>();
    found
        .getOrDefault(cluster.value(), Map.of())
        .forEach((secret, planes) ->
            comments.add(
                "Left out: spec.remoteSecret. "
                    + String.join(", ", planes.stream().map(ClusterName::value).toList())
                    + " reaches this cluster by the Secret "
                    + secret.namespace()
                    + "/"
                    + secret.name()
                    + "; from which credential it was made can't be known."
                    + (footing.topology() == Mesh.Topology.EXTERNAL
                        ? ""
                        : " To have Meshkeel write it: remoteSecret: {from: CREDENTIAL}. A Secret"
                            + " of that name that is there is taken over by spec.adopt of the Mesh"
                            + " only.")));
    return comments;
  }

  /** What is reported of each of them. */
  List<ImportEntry> entries() {
    List<ImportEntry> entries = new ArrayList<>();
    Set<String> read = new TreeSet<>(footing.all().stream().map(ClusterName::value).toList());
    found.forEach((about, secrets) ->
        secrets.forEach((secret, planes) ->
            entries.add(
                new ImportEntry(
                    ImportEntry.Sort.LEFT_OUT,
                    secret,
                    List.copyOf(planes),
                    read.contains(about)
                        ? "what it is made from can't be known; how to declare it is said in the"
                            + " file of cluster "
                            + about
                        : "by it istiod reaches cluster "
                            + about
                            + ", which was not read; read it too, or istiod calls it otherwise than"
                            + " you do: then give it that name"))));
    return entries;
  }
}

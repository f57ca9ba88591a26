package io.meshkeel.imports;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The declarations of the mesh itself and of its clusters. */
final class MeshFiles {
  private MeshFiles() {}

  static Map<String, String> of(Footing footing, ImportRequest request, Names names) {
    Map<String, String> files = new HashMap<>();
    Draft mesh = mesh(footing, request, names);
    files.put(mesh.path(), mesh.text());
    for (ClusterName cluster : footing.all()) {
      Draft draft = cluster(footing, cluster, names, new RemoteSecretNotes(request, footing));
      files.put(draft.path(), draft.text());
    }
    return files;
  }

  private static Draft mesh(Footing footing, ImportRequest request, Names names) {
    Map<String, Object> spec = new HashMap<>();
    spec.put("istioVersion", footing.version());
    spec.put("topology", footing.topology().word());
    unless("default", "revision", footing.revision(), spec);
    unless("istio-system", "rootNamespace", footing.rootNamespace(), spec);
    unless("cluster.local", "clusterDomain", footing.clusterDomain(), spec);
    unless("cluster.local", "trustDomain", footing.trustDomain(), spec);
    List<String> comments = new ArrayList<>(footing.remarks());
    if (request.adoption() == ImportRequest.Adoption.mesh) {
      spec.put("adopt", true);
      comments.add(
          "adopt: takes over whatever this mesh declares and somebody else made, now and later."
              + " Take the line out once the first sync is done.");
    } else {
      comments.add(
          "Each object says by its annotation meshkeel.io/adopt that it may be taken over; what is"
              + " declared later and belongs to somebody else is refused.");
    }
    return draft(
        names.path("", "mesh"),
        OwnDraft.document("Mesh", footing.mesh().value(), spec),
        comments,
        footing.all());
  }

  private static Draft cluster(
      Footing footing, ClusterName cluster, Names names, RemoteSecretNotes secrets) {
    Map<String, Object> spec = new HashMap<>();
    List<String> comments = new ArrayList<>();
    boolean controlPlane = footing.controlPlanes().contains(cluster);
    spec.put("role", controlPlane ? "ControlPlane" : "DataPlane");
    spec.put("credential", cluster.value());
    String network = footing.networks().get(cluster);
    if (network != null) {
      spec.put("network", network);
    }
    comments.add(
        "credential: give the service a kubeconfig by this name, or write the name it has.");
    if (controlPlane) {
      comments.add(
          "Left out: spec.istiod (where istiod's debug endpoint is reached can't be read from the"
              + " cluster).");
    }
    comments.addAll(secrets.comments(cluster));
    return draft(
        names.path("clusters/", cluster.value()),
        OwnDraft.document("MeshCluster", cluster.value(), spec),
        comments,
        List.of(cluster));
  }

  private static Draft draft(
      String path,
      Map<String, Object> document,
      List<String> comments,
      List<ClusterName> clusters) {
    return new Draft(
        path,
        new ResourceKey("meshkeel.io", String.valueOf(document.get("kind")), "", path),
        List.of(OwnDraft.part(document, clusters, comments)));
  }

  private static void unless(String usual, String field, String value, Map<String, Object> spec) {
    if (!value.equals(usual)) {
      spec.put(field, value);
    }
  }
}

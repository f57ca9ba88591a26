package io.meshkeel.facts.joined;

import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.gateway.CredentialAnswer;
import io.meshkeel.facts.gateway.Credentials;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The certificates of listeners of the Gateway API. istiod reads them in its own cluster, whatever
 * the clusters of the proxies ({@code buildSecretReference} in {@code
 * pilot/pkg/config/kube/gateway/conversion.go} of istio/istio, release 1.31). Told of a Gateway:
 * {@code credentials} {@code {path, name, why, workload}}.
 */
final class ListenerCertificates extends KeptIndex {
  private static final GroupKind GATEWAY = new GroupKind("gateway.networking.k8s.io", "Gateway");

  private final JoinedMesh mesh;
  private final ReferenceGrants grants;

  ListenerCertificates(JoinedMesh mesh) {
    this.mesh = mesh;
    this.grants = new ReferenceGrants(mesh);
  }

  @Override
  public void add(ObjectView object) {}

  @Override
  public void tell(ObjectView object, Slice slice) {
    Manifest gateway = object.declaration().manifest();
    if (!gateway.key().groupKind().equals(GATEWAY)
        || !JsonTree.string(gateway.spec(), "gatewayClassName", "").startsWith("istio")) {
      return;
    }
    List<Object> told = new ArrayList<>();
    List<Map<String, Object>> listeners = JsonTree.maps(gateway.spec(), "listeners");
    for (int i = 0; i < listeners.size(); i++) {
      Map<String, Object> tls = JsonTree.map(listeners.get(i), "tls");
      List<Map<String, Object>> certificates = JsonTree.maps(tls, "certificateRefs");
      for (int c = 0; c < certificates.size(); c++) {
        Map<String, Object> certificate = certificates.get(c);
        String namespace = JsonTree.string(certificate, "namespace", gateway.key().namespace());
        String name = JsonTree.string(certificate, "name", "");
        if (JsonTree.string(tls, "mode", "Terminate").equals("Terminate")
            && JsonTree.string(certificate, "group", "").isEmpty()
            && JsonTree.string(certificate, "kind", "Secret").equals("Secret")
            && grants.let(gateway, namespace, "", "Secret", name)) {
          List<Object> path = List.of("spec", "listeners", i, "tls", "certificateRefs", c, "name");
          missing(gateway, path, namespace, name, slice).ifPresent(told::add);
        }
      }
    }
    slice.put("credentials", List.copyOf(told));
  }

  private Optional<Object> missing(
      Manifest gateway, List<Object> path, String namespace, String name, Slice slice) {
    for (ClusterName cluster : mesh.controlPlanes()) {
      CredentialAnswer answer =
          new Credentials(mesh.expected().reading(ObservedKinds.SECRET), List.of(cluster))
              .certificate(name, namespace, cluster);
      if (answer instanceof CredentialAnswer.Unknown) {
        slice.unjudged("M303", "Secrets of some clusters were not looked at");
      }
      Optional<String> why = GatewayProxies.why(answer);
      if (why.isPresent()) {
        return Optional.of(
            Map.of(
                "path",
                path,
                "name",
                name,
                "why",
                why.get(),
                "workload",
                "Gateway " + gateway.key().namespace() + "/" + gateway.key().name()));
      }
    }
    return Optional.empty();
  }
}

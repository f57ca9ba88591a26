package io.meshkeel.facts.joined;

import io.meshkeel.facts.ConfigOrder;
import io.meshkeel.facts.Input;
import io.meshkeel.facts.InputTable;
import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.PeerAuthenticationView;
import io.meshkeel.facts.Shelf;
import io.meshkeel.facts.Slice;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Modes that let callers in without mutual TLS, as far as they count: {@code addPeerAuthentication}
 * in {@code pilot/pkg/model/authentication.go} and {@code ComposePeerAuthentication} in {@code
 * pilot/pkg/security/authn/policy_applier.go} of istio/istio, release 1.31. Of those for a whole
 * namespace the oldest alone counts, one of the root namespace with a selector never, ports need a
 * selector; and where workloads are known, one with a selector must decide for some of them. Told
 * as {@code weakModes} of a PeerAuthentication: {@code {path, mode}}.
 */
final class WeakModes extends KeptIndex {
  private static final Set<String> WEAK = Set.of("PERMISSIVE", "DISABLE");

  private final Mesh.Spec mesh;
  private final Input<Boolean> workloadsKnown;
  private final InputTable<ResourceKey, Set<List<Object>>> deciding;
  private final Shelf<String, Manifest> wide = shelf();

  /**
   * @param workloadsKnown whether all workloads are known
   * @param deciding by policy, the paths of modes that hold for some workload
   */
  WeakModes(
      Mesh.Spec mesh,
      Input<Boolean> workloadsKnown,
      InputTable<ResourceKey, Set<List<Object>>> deciding) {
    this.mesh = mesh;
    this.workloadsKnown = workloadsKnown;
    this.deciding = deciding;
  }

  @Override
  public void add(ObjectView object) {
    if (object instanceof PeerAuthenticationView policy
        && policy.wholeNamespace()
        && ConfigOrder.isTaken(policy.declaration().manifest(), mesh.revision())) {
      wide.put(policy, policy.namespace(), policy.declaration().manifest());
    }
  }

  @Override
  public void tell(ObjectView object, Slice slice) {
    if (!(object instanceof PeerAuthenticationView policy)) {
      return;
    }
    Manifest manifest = policy.declaration().manifest();
    List<Object> told = new ArrayList<>();
    if (counts(policy)) {
      String mode = JsonTree.string(JsonTree.map(manifest.spec(), "mtls"), "mode", "");
      add(told, policy, List.of("spec", "mtls", "mode"), mode);
      if (!policy.wholeNamespace()) {
        Map<String, Object> ports = JsonTree.map(manifest.spec(), "portLevelMtls");
        for (String port : new TreeSet<>(ports.keySet())) {
          String own = JsonTree.string(JsonTree.map(ports, port), "mode", "");
          add(told, policy, List.of("spec", "portLevelMtls", port, "mode"), own);
        }
      }
    }
    slice.put("weakModes", List.copyOf(told));
  }

  private boolean counts(PeerAuthenticationView policy) {
    Manifest manifest = policy.declaration().manifest();
    if (!policy.wholeNamespace()) {
      return !policy.namespace().equals(mesh.rootNamespace())
          && ConfigOrder.isTaken(manifest, mesh.revision());
    }
    return wide.get(policy.namespace()).stream()
        .min(ConfigOrder.OLDEST_FIRST)
        .filter(oldest -> oldest.key().equals(manifest.key()))
        .isPresent();
  }

  private void add(
      List<Object> told, PeerAuthenticationView policy, List<Object> path, String mode) {
    if (WEAK.contains(mode) && (policy.wholeNamespace() || decides(policy, path))) {
      told.add(Map.of("path", path, "mode", mode));
    }
  }

  private boolean decides(PeerAuthenticationView policy, List<Object> path) {
    return !workloadsKnown.get()
        || deciding
            .get(policy.declaration().manifest().key())
            .map(paths -> paths.contains(path))
            .orElse(false);
  }
}

package io.meshkeel.facts.joined;

import io.meshkeel.facts.security.EffectiveMtls;
import io.meshkeel.facts.security.MtlsMode;
import io.meshkeel.facts.state.MeshState;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which workloads the security policies reach, asked once for each workload. */
final class PolicyReach {
  /**
   * Workloads with a port that is strict.
   *
   * @param path the mode that makes them so
   * @param workloads each once
   */
  record Made(List<Object> path, List<Workload> workloads) {
    private Made(List<Object> path) {
      this(path, new ArrayList<>());
    }
  }

  private final Map<ResourceKey, List<Workload>> authorized = new HashMap<>();
  private final Map<ResourceKey, List<Workload>> authenticated = new HashMap<>();
  private final Map<ResourceKey, TreeMap<String, Made>> strict = new HashMap<>();
  private final Map<ResourceKey, Set<List<Object>>> deciding = new HashMap<>();
  private final Map<Workload, List<ResourceKey>> policies = new HashMap<>();

  PolicyReach(MeshState state, List<Workload> workloads) {
    for (Workload workload : workloads) {
      String namespace = workload.key().namespace();
      Map<String, String> labels = workload.proxyLabels();
      List<ResourceKey> reaching =
          state.authorizations().reaching(namespace, labels, workload.role());
      policies.put(workload, reaching);
      reaching.forEach(key -> add(authorized, key, workload));
      state
          .requestAuthentications()
          .of(namespace, labels, workload.role())
          .policies()
          .forEach(key -> add(authenticated, key, workload));
      EffectiveMtls mtls = state.peerAuthentications().of(namespace, labels);
      add(mtls.whole(), workload);
      mtls.ports().values().forEach(decided -> add(decided, workload));
    }
  }

  private void add(EffectiveMtls.Decided decided, Workload workload) {
    decided
        .by()
        .ifPresent(key -> deciding.computeIfAbsent(key, k -> new HashSet<>()).add(decided.path()));
    if (decided.mode() == MtlsMode.STRICT && decided.by().isPresent()) {
      List<Workload> made =
          strict
              .computeIfAbsent(decided.by().get(), k -> new TreeMap<>())
              .computeIfAbsent(decided.path().toString(), p -> new Made(decided.path()))
              .workloads();
      if (made.isEmpty() || !made.getLast().key().equals(workload.key())) {
        made.add(workload);
      }
    }
  }

  private static void add(
      Map<ResourceKey, List<Workload>> reach, ResourceKey key, Workload workload) {
    reach.computeIfAbsent(key, k -> new ArrayList<>()).add(workload);
  }

  /** The workloads that an AuthorizationPolicy reaches. */
  List<Workload> ofAuthorization(ResourceKey key) {
    return authorized.getOrDefault(key, List.of());
  }

  /** The workloads that a RequestAuthentication reaches. */
  List<Workload> ofAuthentication(ResourceKey key) {
    return authenticated.getOrDefault(key, List.of());
  }

  /** What each mode of a PeerAuthentication makes strict, in the order of their places. */
  Collection<Made> madeStrictBy(ResourceKey key) {
    return strict.getOrDefault(key, new TreeMap<>()).values();
  }

  /** By PeerAuthentication, the paths of modes that hold for some workload. */
  Map<ResourceKey, Set<List<Object>>> decidingModes() {
    return deciding;
  }

  /** The AuthorizationPolicies of a workload. */
  List<ResourceKey> policiesOf(Workload workload) {
    return policies.getOrDefault(workload, List.of());
  }
}

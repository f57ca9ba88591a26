package io.meshkeel.facts.joined;

import io.meshkeel.facts.Retold;
import io.meshkeel.facts.security.Authorizations;
import io.meshkeel.facts.security.EffectiveMtls;
import io.meshkeel.facts.security.MtlsMode;
import io.meshkeel.facts.security.PeerAuthentications;
import io.meshkeel.facts.security.RequestAuthentications;
import io.meshkeel.facts.state.MeshState;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.facts.workload.Workloads;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which workloads the security policies reach. As current as what it is made of. */
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

  private final JoinedMesh mesh;
  private final Retold<Map<ResourceKey, Set<List<Object>>>> deciding;

  PolicyReach(JoinedMesh mesh) {
    this.mesh = mesh;
    this.deciding = new Retold<>(this::decide);
  }

  private MeshState state() {
    return mesh.state();
  }

  /** The workloads that an AuthorizationPolicy reaches. */
  List<Workload> ofAuthorization(ResourceKey key) {
    Authorizations policies = state().authorizations();
    return selected(key, policies.selector(key)).stream()
        .filter(workload ->
            policies.reaches(
                key, workload.key().namespace(), workload.proxyLabels(), workload.role()))
        .toList();
  }

  /** The workloads that a RequestAuthentication reaches. */
  List<Workload> ofAuthentication(ResourceKey key) {
    RequestAuthentications policies = state().requestAuthentications();
    return selected(key, policies.selector(key)).stream()
        .filter(workload ->
            policies.reaches(
                key, workload.key().namespace(), workload.proxyLabels(), workload.role()))
        .toList();
  }

  /** Those of which a policy can reach some, more than it does: pods may have other labels. */
  private List<Workload> selected(ResourceKey policy, Map<String, String> selector) {
    boolean everywhere = policy.namespace().equals(mesh.spec().rootNamespace());
    List<Workload> all = new ArrayList<>();
    for (Held held : mesh.found().all()) {
      Workloads there = state().workloads(held.cluster());
      all.addAll(
          everywhere
              ? there.selectEverywhere(selector)
              : there.select(policy.namespace(), selector));
    }
    return all;
  }

  /** What each mode of a PeerAuthentication makes strict, in the order of their places. */
  Collection<Made> madeStrictBy(ResourceKey key) {
    PeerAuthentications policies = state().peerAuthentications();
    Map<String, Made> made = new TreeMap<>();
    for (Workload workload : selected(key, policies.selector(key))) {
      EffectiveMtls mtls = policies.of(workload.key().namespace(), workload.proxyLabels());
      add(made, mtls.whole(), key, workload);
      mtls.ports().values().forEach(decided -> add(made, decided, key, workload));
    }
    return made.values();
  }

  private static void add(
      Map<String, Made> all, EffectiveMtls.Decided decided, ResourceKey key, Workload workload) {
    if (decided.mode() == MtlsMode.STRICT && decided.by().filter(key::equals).isPresent()) {
      List<Workload> made =
          all.computeIfAbsent(decided.path().toString(), p -> new Made(decided.path())).workloads();
      if (made.isEmpty() || !made.getLast().key().equals(workload.key())) {
        made.add(workload);
      }
    }
  }

  /**
   * By PeerAuthentication that selects workloads, the paths of modes that hold for some workload.
   * For one thread.
   */
  Map<ResourceKey, Set<List<Object>>> decidingModes() {
    deciding.renew();
    return deciding.get();
  }

  private Map<ResourceKey, Set<List<Object>>> decide() {
    PeerAuthentications policies = state().peerAuthentications();
    Map<ResourceKey, Set<List<Object>>> all = new HashMap<>();
    for (ResourceKey key : policies.selecting()) {
      Set<List<Object>> paths = new HashSet<>();
      for (Workload workload : selected(key, policies.selector(key))) {
        EffectiveMtls mtls = policies.of(workload.key().namespace(), workload.proxyLabels());
        Stream.concat(Stream.of(mtls.whole()), mtls.ports().values().stream())
            .filter(decided -> decided.by().filter(key::equals).isPresent())
            .forEach(decided -> paths.add(decided.path()));
      }
      if (!paths.isEmpty()) {
        all.put(key, paths);
      }
    }
    return all;
  }

  /** The AuthorizationPolicies of a workload. */
  List<ResourceKey> policiesOf(Workload workload) {
    return state()
        .authorizations()
        .reaching(workload.key().namespace(), workload.proxyLabels(), workload.role());
  }
}

package io.meshkeel.facts.security;

import io.meshkeel.facts.ConfigOrder;
import io.meshkeel.facts.Mark;
import io.meshkeel.facts.Marks;
import io.meshkeel.facts.Scopes;
import io.meshkeel.facts.workload.Labels;
import io.meshkeel.facts.workload.SelectorIndex;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The PeerAuthentications of a mesh: {@code addPeerAuthentication} in {@code
 * pilot/pkg/model/authentication.go} and {@code ComposePeerAuthentication} in {@code
 * pilot/pkg/security/authn/policy_applier.go} of istio/istio, release 1.31.
 *
 * <p>The narrowest scope wins (workload, namespace, mesh), within one scope the oldest, and {@code
 * UNSET} is taken from the next wider one. A workload's policy in the root namespace counts for
 * nothing, and so do the ports of one without selector. Who reads notes it. Changed by one thread
 * while nobody reads; read by any.
 */
public final class PeerAuthentications {
  private static final Scopes NOWHERE = new Scopes(false, Set.of());
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

  private final Mesh.Spec mesh;
  private final Map<ResourceKey, Manifest> all = new HashMap<>();
  private final Map<String, TreeSet<Manifest>> wide = new HashMap<>();
  private final Map<String, SelectorIndex<ResourceKey>> narrow = new HashMap<>();
  private final Marks<String> namespaces = new Marks<>();
  private final Mark any = new Mark();

  public PeerAuthentications(Mesh.Spec mesh) {
    this.mesh = mesh;
  }

  /** Those among the objects of a mesh. */
  public static PeerAuthentications of(Mesh.Spec mesh, Collection<Manifest> objects) {
    PeerAuthentications policies = new PeerAuthentications(mesh);
    objects.forEach(policies::put);
    return policies;
  }

  private static boolean isOne(ResourceKey key) {
    return key.group().equals("security.istio.io") && key.kind().equals("PeerAuthentication");
  }

  /**
   * Takes in an object that appeared or changed; other kinds are left alone.
   *
   * @return the namespaces whose workloads may be different now
   */
  public Scopes put(Manifest object) {
    if (!isOne(object.key())) {
      return NOWHERE;
    }
    remove(object.key());
    if (ConfigOrder.isTaken(object, mesh.revision())) {
      all.put(object.key(), object);
      String namespace = object.key().namespace();
      Map<String, String> selector = selector(object);
      if (selector.isEmpty()) {
        wide.computeIfAbsent(namespace, n -> new TreeSet<>(ConfigOrder.OLDEST_FIRST)).add(object);
      } else {
        narrow.computeIfAbsent(namespace, n -> new SelectorIndex<>()).put(object.key(), selector);
      }
    }
    return reach(object.key());
  }

  /**
   * Takes away an object that is gone.
   *
   * @return the namespaces whose workloads may be different now
   */
  public Scopes remove(ResourceKey key) {
    if (!isOne(key)) {
      return NOWHERE;
    }
    any.change();
    namespaces.change(key.namespace());
    Manifest before = all.remove(key);
    if (before != null) {
      String namespace = key.namespace();
      TreeSet<Manifest> siblings = wide.get(namespace);
      if (siblings != null && siblings.remove(before) && siblings.isEmpty()) {
        wide.remove(namespace);
      }
      SelectorIndex<ResourceKey> selecting = narrow.get(namespace);
      if (selecting != null) {
        selecting.remove(key);
      }
    }
    return reach(key);
  }

  private Scopes reach(ResourceKey key) {
    return key.namespace().equals(mesh.rootNamespace())
        ? new Scopes(true, Set.of())
        : new Scopes(false, Set.of(key.namespace()));
  }

  private static Map<String, String> selector(Manifest object) {
    return Labels.of(JsonTree.map(JsonTree.map(object.spec(), "selector"), "matchLabels"));
  }

  /** Those that count for some workloads of their namespace alone, in no order. */
  public List<ResourceKey> selecting() {
    any.read();
    List<ResourceKey> keys = new ArrayList<>();
    narrow.forEach((namespace, index) -> {
      if (!namespace.equals(mesh.rootNamespace())) {
        keys.addAll(index.all());
      }
    });
    return List.copyOf(keys);
  }

  /** The labels that a policy selects workloads by; empty if it isn't there or is for all. */
  public Map<String, String> selector(ResourceKey policy) {
    namespaces.read(policy.namespace());
    return Optional.ofNullable(all.get(policy)).map(PeerAuthentications::selector).orElse(Map.of());
  }

  /**
   * The mode of a workload.
   *
   * @param namespace of the workload
   * @param labels of its pods
   */
  public EffectiveMtls of(String namespace, Map<String, String> labels) {
    namespaces.read(mesh.rootNamespace());
    namespaces.read(namespace);
    EffectiveMtls.Decided whole = EffectiveMtls.Decided.DEFAULT;
    whole = oldest(mesh.rootNamespace()).flatMap(PeerAuthentications::mode).orElse(whole);
    if (namespace.equals(mesh.rootNamespace())) {
      return new EffectiveMtls(whole, Map.of());
    }
    whole = oldest(namespace).flatMap(PeerAuthentications::mode).orElse(whole);
    SelectorIndex<ResourceKey> selecting = narrow.get(namespace);
    Optional<Manifest> own =
        selecting == null
            ? Optional.empty()
            : selecting.matching(labels).stream()
                .map(key -> Objects.requireNonNull(all.get(key)))
                .min(ConfigOrder.OLDEST_FIRST);
    if (own.isEmpty()) {
      return new EffectiveMtls(whole, Map.of());
    }
    whole = mode(own.get()).orElse(whole);
    return new EffectiveMtls(whole, ports(own.get(), whole));
  }

  private Optional<Manifest> oldest(String namespace) {
    TreeSet<Manifest> siblings = wide.get(namespace);
    return siblings == null ? Optional.empty() : Optional.of(siblings.first());
  }

  private static Optional<EffectiveMtls.Decided> mode(Manifest object) {
    return MtlsMode.of(JsonTree.string(JsonTree.map(object.spec(), "mtls"), "mode", ""))
        .map(mode ->
            new EffectiveMtls.Decided(
                mode, Optional.of(object.key()), List.of("spec", "mtls", "mode")));
  }

  private static Map<Long, EffectiveMtls.Decided> ports(
      Manifest object, EffectiveMtls.Decided whole) {
    Map<String, Object> written = JsonTree.map(object.spec(), "portLevelMtls");
    Map<Long, EffectiveMtls.Decided> ports = new TreeMap<>();
    for (String port : written.keySet()) {
      if (PORT.matcher(port).matches()) {
        ports.put(
            Long.parseLong(port),
            MtlsMode.of(JsonTree.string(JsonTree.map(written, port), "mode", ""))
                .map(mode ->
                    new EffectiveMtls.Decided(
                        mode,
                        Optional.of(object.key()),
                        List.of("spec", "portLevelMtls", port, "mode")))
                .orElse(whole));
      }
    }
    return ports;
  }

  /** Those of a scope that an older one keeps from counting, oldest first. */
  public List<ResourceKey> overruled(String namespace) {
    namespaces.read(namespace);
    TreeSet<Manifest> siblings = wide.get(namespace);
    if (siblings == null) {
      return List.of();
    }
    List<ResourceKey> later = new ArrayList<>();
    siblings.tailSet(siblings.first(), false).forEach(object -> later.add(object.key()));
    return List.copyOf(later);
  }
}

package io.meshkeel.facts.service;

import io.meshkeel.facts.ConfigOrder;
import io.meshkeel.facts.Hosts;
import io.meshkeel.facts.Mark;
import io.meshkeel.facts.Marks;
import io.meshkeel.facts.workload.SelectorIndex;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The ServiceEntries of a mesh, by host. Who reads notes it. Changed by one thread while nobody
 * reads; read by any.
 */
public final class ServiceEntries {
  private final Mesh.Spec mesh;
  private final TreeMap<ResourceKey, EntryService> all = new TreeMap<>();
  private final Map<String, TreeSet<ResourceKey>> byHost = new HashMap<>();
  private final Map<String, SelectorIndex<ResourceKey>> selecting = new HashMap<>();
  private final Mark any = new Mark();
  private final Marks<String> hosts = new Marks<>();
  private final Marks<String> namespaces = new Marks<>();

  public ServiceEntries(Mesh.Spec mesh) {
    this.mesh = mesh;
  }

  /** Those among the objects of a mesh. */
  public static ServiceEntries of(Mesh.Spec mesh, Collection<Manifest> objects) {
    ServiceEntries entries = new ServiceEntries(mesh);
    objects.forEach(entries::put);
    return entries;
  }

  /**
   * Takes in an object that appeared or changed; other kinds are left alone.
   *
   * @return the hosts that may be different now
   */
  public Set<String> put(Manifest object) {
    if (!EntryService.isOne(object.key())) {
      return Set.of();
    }
    Set<String> touched = new HashSet<>(remove(object.key()));
    if (ConfigOrder.isTaken(object, mesh.revision())) {
      EntryService entry = EntryService.of(object);
      all.put(entry.key(), entry);
      changed(entry);
      for (String host : entry.hosts()) {
        byHost.computeIfAbsent(host, h -> new TreeSet<>()).add(entry.key());
      }
      if (!entry.selector().isEmpty()) {
        selecting
            .computeIfAbsent(entry.key().namespace(), n -> new SelectorIndex<>())
            .put(entry.key(), entry.selector());
      }
      touched.addAll(entry.hosts());
    }
    return Set.copyOf(touched);
  }

  /**
   * Takes away an object that is gone.
   *
   * @return the hosts that may be different now
   */
  public Set<String> remove(ResourceKey key) {
    EntryService before = all.remove(key);
    if (before == null) {
      return Set.of();
    }
    changed(before);
    for (String host : before.hosts()) {
      TreeSet<ResourceKey> others = byHost.get(host);
      if (others != null && others.remove(key) && others.isEmpty()) {
        byHost.remove(host);
      }
    }
    SelectorIndex<ResourceKey> index = selecting.get(key.namespace());
    if (index != null) {
      index.remove(key);
    }
    return Set.copyOf(before.hosts());
  }

  private void changed(EntryService entry) {
    any.change();
    entry.hosts().forEach(hosts::change);
    namespaces.change(entry.key().namespace());
  }

  /** Those with exactly this host, by namespace and name. */
  public List<EntryService> withHost(String host) {
    hosts.read(host);
    return byHost.getOrDefault(host, new TreeSet<>()).stream()
        .map(key -> Objects.requireNonNull(all.get(key)))
        .toList();
  }

  /** Those with a wildcard that takes in this host; costs a look-up for each label of the host. */
  public List<EntryService> covering(String host) {
    List<EntryService> found = new ArrayList<>();
    Set<ResourceKey> seen = new HashSet<>();
    for (String pattern : patterns(host)) {
      for (EntryService entry : withHost(pattern)) {
        if (Hosts.covers(pattern, host) && seen.add(entry.key())) {
          found.add(entry);
        }
      }
    }
    return List.copyOf(found);
  }

  /** The wildcards {@code *.suffix} that can take in a host, the longest first, then {@code *}. */
  private static List<String> patterns(String host) {
    List<String> patterns = new ArrayList<>();
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      patterns.add("*" + host.substring(dot));
    }
    patterns.add("*");
    return patterns;
  }

  /** Those of a workload's namespace that select it. */
  public List<EntryService> selecting(Workload workload) {
    namespaces.read(workload.key().namespace());
    SelectorIndex<ResourceKey> index = selecting.get(workload.key().namespace());
    return index == null
        ? List.of()
        : index.matching(workload.labels()).stream()
            .map(key -> Objects.requireNonNull(all.get(key)))
            .toList();
  }

  /** The labels by which one selects workloads; empty if it isn't there or selects none. */
  public Map<String, String> selector(ResourceKey key) {
    namespaces.read(key.namespace());
    EntryService entry = all.get(key);
    return entry == null ? Map.of() : entry.selector();
  }

  /** All, by namespace and name. */
  public List<EntryService> all() {
    any.read();
    return List.copyOf(all.values());
  }
}

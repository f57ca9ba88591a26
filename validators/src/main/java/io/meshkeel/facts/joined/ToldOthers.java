package io.meshkeel.facts.joined;

import io.meshkeel.facts.Retold;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.Subject;
import io.meshkeel.facts.service.MeshService;
import io.meshkeel.facts.service.ServiceKey;
import io.meshkeel.facts.workload.WorkloadKey;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is told of Meshkeel's own kinds and of what clusters hold, from one revision to the next:
 * piece by piece, a piece anew only if something changed that it was read from. For one thread.
 */
final class ToldOthers {
  /** An object of a cluster, by cluster, kind, namespace and name. */
  private record Place(ClusterName cluster, ResourceKey key) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int order = cluster.compareTo(other.cluster);
      return order != 0 ? order : key.compareTo(other.key);
    }
  }

  private final JoinedMesh mesh;
  private final FoundAnnotations annotations;
  private final List<Retold<Telling>> whole = new ArrayList<>();
  private final TreeMap<Place, Telling> annotated = new TreeMap<>();
  private final Pieces<ServiceKey> services;
  private final Pieces<WorkloadKey> workloads;
  private final Pieces<Place> namespaces;
  private Map<Subject, Slice> told;
  private int made;

  /** What many things of a kind give rise to tell; of most, nothing. */
  private static final class Pieces<K extends Comparable<K>> {
    private final BiConsumer<K, Telling> teller;
    private final Map<K, Retold<Telling>> all = new HashMap<>();
    private final TreeMap<K, Telling> some = new TreeMap<>();

    Pieces(BiConsumer<K, Telling> teller) {
      this.teller = teller;
    }

    /** How many pieces it makes. */
    int add(K key) {
      if (all.containsKey(key)) {
        return 0;
      }
      Retold<Telling> piece = new Retold<>(() -> Telling.of(told -> teller.accept(key, told)));
      all.put(key, piece);
      put(key, piece);
      return 1;
    }

    void remove(K key) {
      Retold<Telling> piece = all.remove(key);
      if (piece != null) {
        piece.forget();
      }
      some.remove(key);
    }

    private void put(K key, Retold<Telling> piece) {
      if (piece.get().isEmpty()) {
        some.remove(key);
      } else {
        some.put(key, piece.get());
      }
    }

    int renew() {
      int made = 0;
      for (Map.Entry<K, Retold<Telling>> piece : all.entrySet()) {
        if (piece.getValue().renew()) {
          put(piece.getKey(), piece.getValue());
          made++;
        }
      }
      return made;
    }
  }

  ToldOthers(JoinedMesh mesh) {
    this.mesh = mesh;
    this.annotations = new FoundAnnotations(mesh);
    FoundServices ofServices = new FoundServices(mesh);
    FoundWorkloads ofWorkloads = new FoundWorkloads(mesh);
    whole.add(whole(slices -> new FoundClusters(mesh, slices).tell()));
    whole.add(whole(slices -> new UndeclaredHosts(mesh, slices).tell()));
    whole.add(whole(slices -> UnseenClusters.tell(mesh, slices)));
    whole.add(whole(slices -> new FoundNamespaces(mesh, slices).tell()));
    this.services = new Pieces<>(ofServices::tell);
    this.workloads =
        new Pieces<>((key, told) -> {
          ofWorkloads.tell(key, told);
          annotations.tell(key, told);
        });
    OpenNamespaces open = new OpenNamespaces(mesh);
    this.namespaces = new Pieces<>((place, told) -> open.tell(place.cluster(), place.key(), told));
    for (Held held : mesh.found().all()) {
      held.of(ObservedKinds.NAMESPACE)
          .forEach(object -> namespaces.add(new Place(held.cluster(), object.key())));
      held.inventory().objects().forEach(object -> annotate(held.cluster(), object));
    }
    mesh.state().services().all().stream().map(MeshService::key).forEach(services::add);
    mesh.workloads().all().forEach(workload -> workloads.add(workload.key()));
    this.made = whole.size() + services.all.size() + workloads.all.size() + namespaces.all.size();
    this.told = join();
  }

  private static Retold<Telling> whole(Consumer<Function<Subject, Slice>> teller) {
    return new Retold<>(() -> Telling.of(told -> teller.accept(told::of)));
  }

  private void annotate(ClusterName cluster, Manifest object) {
    if (FoundAnnotations.isTold(object.key())) {
      Telling told = annotations.tell(cluster, object);
      if (!told.isEmpty()) {
        annotated.put(new Place(cluster, object.key()), told);
      }
    }
  }

  /** Nothing changed. */
  void rest() {
    made = 0;
  }

  /** How many pieces were told anew for the last revision. */
  int made() {
    return made;
  }

  /** Takes over what changed. */
  void become(JoinedMesh.Changed changed) {
    made = 0;
    changed
        .found()
        .forEach((cluster, keys) -> {
          for (ResourceKey key : keys) {
            Place place = new Place(cluster, key);
            Optional<Manifest> now = mesh.found().of(cluster).flatMap(held -> held.get(key));
            annotated.remove(place);
            now.ifPresent(object -> annotate(cluster, object));
            if (key.groupKind().equals(ObservedKinds.NAMESPACE)) {
              keep(namespaces, place, now.isPresent());
            }
          }
        });
    for (ServiceKey key : changed.services()) {
      keep(services, key, mesh.state().services().get(key).isPresent());
    }
    for (WorkloadKey key : changed.workloads()) {
      keep(workloads, key, mesh.state().workloads(key.cluster()).get(key).isPresent());
    }
    made += services.renew() + workloads.renew() + namespaces.renew();
    for (Retold<Telling> piece : whole) {
      made += piece.renew() ? 1 : 0;
    }
    told = join();
  }

  private <K extends Comparable<K>> void keep(Pieces<K> pieces, K key, boolean there) {
    if (there) {
      made += pieces.add(key);
    } else {
      pieces.remove(key);
    }
  }

  private Map<Subject, Slice> join() {
    List<Telling> all = new ArrayList<>();
    whole.forEach(piece -> all.add(piece.get()));
    all.addAll(annotated.values());
    all.addAll(services.some.values());
    all.addAll(workloads.some.values());
    all.addAll(namespaces.some.values());
    return Telling.join(all);
  }

  /** What is told, in a fixed order. */
  Map<Subject, Slice> told() {
    return told;
  }
}

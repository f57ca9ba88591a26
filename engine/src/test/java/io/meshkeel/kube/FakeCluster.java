package io.meshkeel.kube;

import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.policy.schema.ServedSchemas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in memory, under the same contract as a real one. Lists are atomic, as in Istio's
 * kinds; there are no schemas and no defaults.
 */
public final class FakeCluster implements Cluster {
  private static final String US = LiveObjects.MANAGER;

  private final Map<ResourceKey, FakeObject> objects = new TreeMap<>();
  private final Map<ResourceKey, Manifest> observed = new TreeMap<>();
  private final List<FakeEvent> history = new ArrayList<>();
  private final List<FakeWatch> watches = new CopyOnWriteArrayList<>();
  private final Map<GroupKind, ServedKind> served = new HashMap<>();
  private final List<String> writes = new CopyOnWriteArrayList<>();
  private volatile Credentials credentials = Credentials.NONE;
  private volatile Fault fault = (_, _) -> Optional.empty();

  /** What it publishes of these API versions: nothing, at first. */
  public volatile Function<Set<String>, ServedSchemas> published =
      asked -> ServedSchemas.of(Map.of(), Map.of(), asked);

  private int pageSize = 3;
  private long version = 1;
  private long oldest = 1;
  private long uids;
  private Instant now = Instant.parse("2026-11-01T08:00:00Z");

  /** Makes calls fail. */
  @FunctionalInterface
  public interface Fault {
    /**
     * @param verb name of the port's method
     * @param what the object or kind
     */
    Optional<ClusterException> on(String verb, Object what);
  }

  public FakeCluster() {
    Kinds.LISTED.forEach(this::serve);
    ObservedKinds.ALL.forEach(this::serve);
  }

  /** The writes that reached the cluster, as {@code verb Kind namespace/name}. */
  public List<String> writes() {
    return List.copyOf(writes);
  }

  public void forgetWrites() {
    writes.clear();
  }

  /** Sets its clock; each write by hand takes a minute, each of ours a second. */
  public FakeCluster at(Instant time) {
    now = time;
    return this;
  }

  /** What remote secrets are made from. */
  public FakeCluster credentials(Credentials known) {
    credentials = known;
    return this;
  }

  public void fail(Fault how) {
    fault = how;
  }

  public synchronized void serve(GroupKind kind) {
    served.put(
        kind,
        new ServedKind(
            kind,
            "fakes",
            !Kinds.clusterScoped(kind) && !ObservedKinds.clusterScoped(kind),
            List.of("v1", "v1beta1", "v1alpha3")));
  }

  public synchronized void unserve(GroupKind kind) {
    served.remove(kind);
    objects.keySet().removeIf(key -> key.groupKind().equals(kind));
    watches.stream().filter(w -> w.isOf(kind)).forEach(FakeWatch::close);
  }

  @Override
  public ServedSchemas schemas(Set<String> wanted, ServedSchemas before) throws ClusterException {
    check("schemas", wanted);
    return published.apply(before.askedWith(wanted));
  }

  public synchronized void pageSize(int size) {
    pageSize = size;
  }

  /** Forgets what was, as etcd's compaction does: old resource versions expire. */
  public synchronized void compact() {
    version++;
    oldest = version;
    history.clear();
    watches.forEach(FakeWatch::expire);
    watches.clear();
  }

  /** Breaks all connections. */
  public void breakWatches() {
    watches.forEach(FakeWatch::fail);
    watches.clear();
  }

  public int openWatches() {
    return watches.size();
  }

  /** A hand writes one field, or takes it away with null. */
  public synchronized void handEdit(
      ResourceKey key, String manager, JsonPath path, @Nullable Object value) {
    FakeObject object = require(key);
    now = now.plusSeconds(60);
    object.update(manager, now, path, value);
    changed(key, object);
  }

  /** A hand writes one field, and no watch ever tells of it. */
  public synchronized void hiddenEdit(
      ResourceKey key, String manager, JsonPath path, @Nullable Object value) {
    FakeObject object = require(key);
    now = now.plusSeconds(60);
    object.update(manager, now, path, value);
    object.version("" + ++version);
  }

  /** A hand creates an object. */
  public synchronized void handCreate(Manifest manifest, String manager) {
    now = now.plusSeconds(60);
    FakeObject object = new FakeObject(manifest, "uid-" + ++uids);
    object.apply(manifest, manager, now, "Update", true);
    objects.put(manifest.key(), object);
    changed(manifest.key(), object);
  }

  /** Puts an object there that is only observed: one of a kind that nothing is written to. */
  public synchronized void put(Manifest manifest) {
    observed.put(manifest.key(), manifest);
    tell(FakeEvent.observed(manifest, false, ++version));
  }

  /** Takes away what {@link #put} put there. */
  public synchronized void take(ResourceKey key) {
    Manifest gone = observed.remove(key);
    if (gone != null) {
      tell(FakeEvent.observed(gone, true, ++version));
    }
  }

  public synchronized void handDelete(ResourceKey key) {
    remove(key);
  }

  @Override
  public synchronized Map<GroupKind, ServedKind> served() throws ClusterException {
    check("served", "");
    return Map.copyOf(served);
  }

  @Override
  public synchronized Optional<LiveObject> get(ResourceKey key) throws ClusterException {
    check("get", key);
    requireServed(key.groupKind(), "get " + key);
    return Optional.ofNullable(objects.get(key)).map(FakeObject::live);
  }

  @Override
  public synchronized ObjectPage list(KindScope scope, String next)
      throws ClusterException, Watch.ExpiredException {
    check("list", scope.kind());
    requireServed(scope.kind(), "list " + scope.kind());
    int from = 0;
    if (!next.isEmpty()) {
      String[] token = next.split("/", -1);
      if (Long.parseLong(token[0]) < oldest) {
        throw new Watch.ExpiredException("the token is too old");
      }
      from = Integer.parseInt(token[1]);
    }
    List<LiveObject> all =
        objects.values().stream().map(FakeObject::live).filter(o -> in(scope, o.key())).toList();
    int to = Math.min(all.size(), from + pageSize);
    return new ObjectPage(
        all.subList(from, to), "" + version, to == all.size() ? "" : version + "/" + to);
  }

  @Override
  public synchronized ManifestPage observe(ObservedScope scope, String next)
      throws ClusterException, Watch.ExpiredException {
    check("observe", scope.kind());
    requireServed(scope.kind(), "list " + scope.kind());
    int from = next.isEmpty() ? 0 : Integer.parseInt(next);
    Map<ResourceKey, Manifest> found = new TreeMap<>();
    observed.forEach((key, object) -> {
      if (FakeWatch.in(scope, key)) {
        found.put(key, Extract.of(object.content(), scope, object.apiVersion()));
      }
    });
    objects.forEach((key, object) -> {
      if (FakeWatch.in(scope, key)) {
        found.put(key, Extract.of(object.tree(), scope, object.live().apiVersion()));
      }
    });
    List<Manifest> all = List.copyOf(found.values());
    int to = Math.min(all.size(), from + pageSize);
    return new ManifestPage(all.subList(from, to), "" + version, to == all.size() ? "" : "" + to);
  }

  @Override
  public synchronized Watch watch(KindScope scope, String resourceVersion)
      throws ClusterException, Watch.ExpiredException {
    return watch(FakeWatch.live(scope, watches::remove), scope.kind(), resourceVersion);
  }

  @Override
  public synchronized Watch watch(ObservedScope scope, String resourceVersion)
      throws ClusterException, Watch.ExpiredException {
    return watch(FakeWatch.observed(scope, watches::remove), scope.kind(), resourceVersion);
  }

  private Watch watch(FakeWatch watch, GroupKind kind, String resourceVersion)
      throws ClusterException, Watch.ExpiredException {
    check("watch", kind);
    requireServed(kind, "watch " + kind);
    long from = Long.parseLong(resourceVersion);
    if (from < oldest) {
      throw new Watch.ExpiredException("resource version " + from + " is too old");
    }
    history.stream().filter(event -> event.version() > from).forEach(watch::offer);
    watches.add(watch);
    return watch;
  }

  @Override
  public LiveObject apply(Manifest manifest, boolean force) throws ClusterException {
    return apply(manifest, force, false);
  }

  @Override
  public LiveObject dryRun(Manifest manifest, boolean force) throws ClusterException {
    return apply(manifest, force, true);
  }

  private LiveObject apply(Manifest manifest, boolean force, boolean dry) throws ClusterException {
    // Outside of the lock, so that a test can hold several writes in flight.
    check(dry ? "dryRun" : "apply", manifest.key());
    synchronized (this) {
      ResourceKey key = manifest.key();
      String what = "apply " + key;
      requireNamed(key, what);
      requireServed(key.groupKind(), what);
      ServedKind kind = served.get(key.groupKind());
      String wanted = manifest.apiVersion().replaceFirst(".*/", "");
      if (kind != null && !kind.versions().contains(wanted)) {
        throw failure(FailureReason.KIND_NOT_SERVED, what + ": not in this version", false);
      }
      requireNamespace(key, what);
      FakeObject before = objects.get(key);
      if (manifest.metadata().get("uid") instanceof String uid
          && (before == null || !before.live().uid().equals(uid))) {
        throw failure(FailureReason.APPLY_CONFLICT, what + ": the object changed meanwhile", true);
      }
      FakeObject after =
          before == null ? new FakeObject(manifest, "uid-" + (uids + 1)) : before.copy();
      List<String> conflicts = after.conflicts(manifest, US);
      if (!force && !conflicts.isEmpty()) {
        throw failure(
            FailureReason.APPLY_CONFLICT, what + ": " + String.join(", ", conflicts), false);
      }
      now = now.plusSeconds(1);
      Manifest sent =
          key.groupKind().equals(Kinds.SECRET)
              ? new Manifest(
                  key, manifest.apiVersion(), SecretContent.filled(manifest, credentials))
              : manifest;
      boolean changed = after.apply(sent, US, now, "Apply", before == null);
      if (dry) {
        return after.live();
      }
      writes.add(what);
      if (!changed) {
        return require(key).live();
      }
      uids += before == null ? 1 : 0;
      objects.put(key, after);
      changed(key, after);
      return after.live();
    }
  }

  @Override
  public synchronized boolean createNamespace(String name) throws ClusterException {
    ResourceKey key = new ResourceKey("", "Namespace", "", name);
    check("createNamespace", key);
    requireNamed(key, "create " + key);
    if (objects.containsKey(key)) {
      return false;
    }
    writes.add("create " + key);
    FakeObject object =
        new FakeObject(
            Manifest.of(
                Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name))),
            "uid-" + ++uids);
    objects.put(key, object);
    changed(key, object);
    return true;
  }

  @Override
  public LiveObject patch(ResourceKey key, List<JsonPatch> operations) throws ClusterException {
    check("patch", key);
    synchronized (this) {
      FakeObject before = objects.get(key);
      if (before == null) {
        throw failure(FailureReason.APPLY_FAILED, "patch " + key + ": not found", true);
      }
      FakeObject after = before.copy();
      for (JsonPatch operation : operations) {
        Optional<Object> there = operation.path().find(after.tree());
        boolean good =
            switch (operation) {
              case JsonPatch.Test test -> there.filter(test.value()::equals).isPresent();
              case JsonPatch.Remove _ -> there.isPresent();
            };
        if (!good) {
          throw failure(
              FailureReason.APPLY_CONFLICT, "patch " + key + ": the object changed", true);
        }
        if (operation instanceof JsonPatch.Remove remove) {
          after.update(US, now, remove.path(), null);
        }
      }
      writes.add("patch " + key);
      objects.put(key, after);
      changed(key, after);
      return after.live();
    }
  }

  @Override
  public boolean release(ResourceKey key, String uid, Set<String> labels) throws ClusterException {
    check("release", key);
    synchronized (this) {
      requireServed(key.groupKind(), "release " + key);
      FakeObject object = objects.get(key);
      if (object == null || !object.live().uid().equals(uid)) {
        return false;
      }
      if (object.release(US, labels)) {
        writes.add("release " + key);
        changed(key, object);
      }
      return true;
    }
  }

  @Override
  public boolean delete(ResourceKey key, String uid) throws ClusterException {
    check("delete", key);
    synchronized (this) {
      requireServed(key.groupKind(), "delete " + key);
      FakeObject object = objects.get(key);
      if (object == null || !object.live().uid().equals(uid)) {
        return false;
      }
      writes.add("delete " + key);
      remove(key);
      return true;
    }
  }

  @Override
  public void close() {
    watches.forEach(FakeWatch::close);
    watches.clear();
  }

  private void changed(ResourceKey key, FakeObject object) {
    object.version("" + ++version);
    tell(FakeEvent.of(object, false, version));
    objects.put(key, object);
  }

  private void remove(ResourceKey key) {
    FakeObject object = require(key);
    objects.remove(key);
    tell(FakeEvent.of(object, true, ++version));
  }

  private void tell(FakeEvent event) {
    history.add(event);
    watches.forEach(watch -> watch.offer(event));
  }

  private FakeObject require(ResourceKey key) {
    return Optional.ofNullable(objects.get(key))
        .orElseThrow(() -> new IllegalArgumentException("there is no " + key));
  }

  private void requireServed(GroupKind kind, String what) throws ClusterException {
    if (!served.containsKey(kind)) {
      throw failure(FailureReason.KIND_NOT_SERVED, what + ": not served", false);
    }
  }

  private void requireNamespace(ResourceKey key, String what) throws ClusterException {
    if (!key.namespace().isEmpty()
        && !objects.containsKey(new ResourceKey("", "Namespace", "", key.namespace()))) {
      throw failure(FailureReason.APPLY_FAILED, what + ": its namespace doesn't exist", true);
    }
  }

  private static void requireNamed(ResourceKey key, String what) throws ClusterException {
    if (!key.name().matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?")) {
      throw failure(FailureReason.APPLY_REFUSED, what + ": no DNS subdomain", false);
    }
  }

  private void check(String verb, Object what) throws ClusterException {
    Optional<ClusterException> failure = fault.on(verb, what);
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /** What a fault may answer. */
  public static ClusterException failure(FailureReason reason, String message, boolean retryable) {
    return new ClusterException(reason, message, retryable, null);
  }

  private static boolean in(KindScope scope, ResourceKey key) {
    return scope.kind().equals(key.groupKind())
        && (scope.namespace().isEmpty() || scope.namespace().equals(key.namespace()))
        && (scope.name().isEmpty() || scope.name().equals(key.name()));
  }

  /** Kinds that are served; for tests of what is not. */
  public synchronized Set<GroupKind> kinds() {
    return Set.copyOf(served.keySet());
  }

  /** The trees of all objects, for comparing whole clusters. */
  public synchronized Map<ResourceKey, Map<String, Object>> contents() {
    Map<ResourceKey, Map<String, Object>> contents = new TreeMap<>();
    objects.forEach((key, object) -> contents.put(key, JsonTree.freeze(object.tree())));
    return contents;
  }

  /** All objects, as a view would hold them. */
  public synchronized List<LiveObject> all() {
    return objects.values().stream().map(FakeObject::live).toList();
  }
}

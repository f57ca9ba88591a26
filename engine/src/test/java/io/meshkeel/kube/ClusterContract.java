package io.meshkeel.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meshkeel.model.FailureReason;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Cluster} keeps. */
@Timeout(900)
abstract class ClusterContract {
  static final GroupKind VIRTUAL_SERVICE = new GroupKind("networking.istio.io", "VirtualService");
  private static final JsonPath HTTP = JsonPath.of("spec", "http");

  private Cluster cluster;
  private String namespace;

  abstract Cluster cluster();

  /** The name of a namespace that exists and that nobody else uses. */
  abstract String namespace();

  abstract void handEdit(ResourceKey key, String manager, JsonPath path, @Nullable Object value);

  /** A resource version that is too old for a watch. */
  abstract String ancientVersion();

  @BeforeEach
  void open() {
    cluster = cluster();
    namespace = namespace();
  }

  private ResourceKey key(String name) {
    return new ResourceKey("networking.istio.io", "VirtualService", namespace, name);
  }

  private static Map<String, Object> route(String host) {
    return Map.of("route", List.of(Map.of("destination", Map.of("host", host))));
  }

  private Manifest manifest(String name, Map<String, Object> labels, Map<String, Object> spec) {
    return Manifest.of(
        Map.of(
            "apiVersion",
            "networking.istio.io/v1",
            "kind",
            "VirtualService",
            "metadata",
            Map.of("name", name, "namespace", namespace, "labels", labels),
            "spec",
            spec));
  }

  private Manifest simple(String name) {
    return manifest(
        name, Map.of("team", "shop"), Map.of("hosts", List.of(name), "http", List.of(route("a"))));
  }

  private ClusterException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(ClusterException.class, call);
  }

  @Test
  void anAppliedObjectIsThere() throws Exception {
    LiveObject applied = cluster.apply(simple("a"), false);
    LiveObject found = cluster.get(key("a")).orElseThrow();
    assertThat(found.spec()).isEqualTo(simple("a").spec()).isEqualTo(applied.spec());
    assertThat(found.label("team")).isEqualTo("shop");
    assertThat(found.uid()).isNotEmpty().isEqualTo(applied.uid());
    assertThat(found.owners()).hasSize(1).allMatch(FieldOwner::ours).allMatch(FieldOwner::applies);
  }

  @Test
  void whatIsNotThereIsEmpty() throws Exception {
    assertThat(cluster.get(key("nobody"))).isEmpty();
    assertThat(cluster.list(new KindScope(VIRTUAL_SERVICE, namespace, ""), "").objects()).isEmpty();
  }

  @Test
  void applyingTheSameAgainChangesNothing() throws Exception {
    LiveObject first = cluster.apply(simple("a"), false);
    assertThat(cluster.apply(simple("a"), false).resourceVersion())
        .isEqualTo(first.resourceVersion());
  }

  @Test
  void aFieldThatIsNoLongerAppliedGoes() throws Exception {
    cluster.apply(simple("a"), false);
    Map<String, Object> spec = new HashMap<>(simple("a").spec());
    spec.remove("http");
    LiveObject after = cluster.apply(manifest("a", Map.of(), spec), false);
    assertThat(after.spec()).containsOnlyKeys("hosts");
    assertThat(after.labels()).isEmpty();
  }

  @Test
  void aFieldOfOthersStays() throws Exception {
    cluster.apply(simple("a"), false);
    handEdit(key("a"), "kubectl-edit", JsonPath.of("spec", "gateways"), List.of("mesh"));
    cluster.apply(manifest("a", Map.of(), Map.of("hosts", List.of("b"))), false);
    assertThat(cluster.get(key("a")).orElseThrow().spec())
        .containsOnlyKeys("hosts", "gateways")
        .containsEntry("hosts", List.of("b"));
  }

  @Test
  void aConflictNamesManagerAndField() throws Exception {
    cluster.apply(simple("a"), false);
    handEdit(key("a"), "kubectl-edit", HTTP, List.of(route("evil")));
    ClusterException refusal = refusal(() -> cluster.apply(simple("a"), false));
    assertThat(refusal.reason()).isEqualTo(FailureReason.APPLY_CONFLICT);
    assertThat(refusal).hasMessageContaining("spec.http is owned by 'kubectl-edit'");
    assertThat(refusal.retryable()).isFalse();
  }

  @Test
  void forceTakesTheField() throws Exception {
    cluster.apply(simple("a"), false);
    handEdit(key("a"), "kubectl-edit", HTTP, List.of(route("evil")));
    assertThat(cluster.apply(simple("a"), true).spec()).isEqualTo(simple("a").spec());
  }

  @Test
  void theHandBehindAFieldIsTold() throws Exception {
    cluster.apply(simple("a"), false);
    handEdit(key("a"), "kubectl-edit", HTTP, List.of(route("evil")));
    LiveObject live = cluster.get(key("a")).orElseThrow();
    FieldOwner hand = live.owners().stream().filter(o -> !o.ours()).findFirst().orElseThrow();
    assertThat(hand.manager()).isEqualTo("kubectl-edit");
    assertThat(hand.applies()).isFalse();
    assertThat(hand.time()).isPresent();
    Map<String, Object> content = Map.of("spec", live.spec());
    assertThat(hand.claims(HTTP, content)).isTrue();
    assertThat(hand.claims(HTTP.index(0).field("route"), content)).isTrue();
    assertThat(hand.claims(JsonPath.of("spec", "hosts"), content)).isFalse();
  }

  @Test
  void aDryRunStoresNothing() throws Exception {
    assertThat(cluster.dryRun(simple("a"), false).spec()).isEqualTo(simple("a").spec());
    assertThat(cluster.get(key("a"))).isEmpty();
  }

  @Test
  void aVersionThatIsNotServedIsRefused() {
    Map<String, Object> content = new HashMap<>(simple("a").content());
    content.put("apiVersion", "networking.istio.io/v9");
    assertThat(refusal(() -> cluster.apply(Manifest.of(content), false)).reason())
        .isEqualTo(FailureReason.KIND_NOT_SERVED);
  }

  @Test
  void aMissingNamespaceMayComeLater() {
    Manifest elsewhere =
        Manifest.of(
            Map.of(
                "apiVersion",
                "networking.istio.io/v1",
                "kind",
                "VirtualService",
                "metadata",
                Map.of("name", "a", "namespace", namespace + "-missing")));
    ClusterException refusal = refusal(() -> cluster.apply(elsewhere, false));
    assertThat(refusal.reason()).isEqualTo(FailureReason.APPLY_FAILED);
    assertThat(refusal.retryable()).isTrue();
  }

  @Test
  void aNameThatBendsUrlsIsRefused() {
    assertThat(refusal(() -> cluster.apply(simple("../../secrets"), false)).reason())
        .isEqualTo(FailureReason.APPLY_REFUSED);
  }

  @Test
  void aNamespaceIsCreatedOnce() throws Exception {
    assertThat(cluster.createNamespace(namespace + "-new")).isTrue();
    assertThat(cluster.createNamespace(namespace + "-new")).isFalse();
  }

  @Test
  void aPatchTakesAForeignFieldAway() throws Exception {
    cluster.apply(simple("a"), false);
    handEdit(key("a"), "kubectl-edit", JsonPath.of("spec", "gateways"), List.of("mesh"));
    LiveObject seen = cluster.get(key("a")).orElseThrow();
    LiveObject after = cluster.patch(key("a"), withTest(seen, JsonPath.of("spec", "gateways")));
    assertThat(after.spec()).isEqualTo(simple("a").spec());
  }

  @Test
  void aPatchOfAnObjectThatChangedDoesNothing() throws Exception {
    LiveObject seen = cluster.apply(simple("a"), false);
    handEdit(key("a"), "kubectl-edit", JsonPath.of("metadata", "labels", "x"), "y");
    ClusterException refusal =
        refusal(() -> cluster.patch(key("a"), withTest(seen, JsonPath.of("spec", "http"))));
    assertThat(refusal.reason()).isEqualTo(FailureReason.APPLY_CONFLICT);
    assertThat(refusal.retryable()).isTrue();
    assertThat(cluster.get(key("a")).orElseThrow().spec()).containsKey("http");
  }

  private static List<JsonPatch> withTest(LiveObject seen, JsonPath path) {
    return List.of(
        new JsonPatch.Test(JsonPath.of("metadata", "resourceVersion"), seen.resourceVersion()),
        new JsonPatch.Remove(path));
  }

  @Test
  void aLabelWithASlashCanBeTakenAway() throws Exception {
    cluster.apply(simple("a"), false);
    JsonPath label = JsonPath.of("metadata", "labels", "istio.io/rev");
    handEdit(key("a"), "kubectl-label", label, "canary");
    LiveObject seen = cluster.get(key("a")).orElseThrow();
    assertThat(cluster.patch(key("a"), withTest(seen, label)).labels()).containsOnlyKeys("team");
  }

  private Manifest pinned(Manifest manifest, String uid) {
    Map<String, Object> content = new HashMap<>(manifest.content());
    Map<String, Object> metadata = new HashMap<>(manifest.metadata());
    metadata.put("uid", uid);
    content.put("metadata", metadata);
    return Manifest.of(content);
  }

  @Test
  void anApplyToAnObjectThatIsGoneCreatesNothing() throws Exception {
    ClusterException refusal =
        refusal(() -> cluster.apply(pinned(simple("a"), "another-uid"), true));
    assertThat(refusal.reason()).isEqualTo(FailureReason.APPLY_CONFLICT);
    assertThat(refusal.retryable()).isTrue();
    assertThat(cluster.get(key("a"))).isEmpty();
  }

  @Test
  void anApplyToAnotherObjectOfTheNameChangesNothing() throws Exception {
    LiveObject there = cluster.apply(simple("a"), false);
    Manifest other = manifest("a", Map.of(), Map.of("hosts", List.of("b")));
    ClusterException refusal = refusal(() -> cluster.apply(pinned(other, "another-uid"), true));
    assertThat(refusal.reason()).isEqualTo(FailureReason.APPLY_CONFLICT);
    assertThat(refusal.retryable()).isTrue();
    assertThat(cluster.get(key("a")).orElseThrow().spec()).isEqualTo(there.spec());
    assertThat(cluster.apply(pinned(other, there.uid()), false).spec())
        .containsEntry("hosts", List.of("b"));
  }

  @Test
  void applyingNothingTakesBackWhatOnlyWeOwn() throws Exception {
    cluster.apply(simple("a"), false);
    handEdit(key("a"), "kubectl-edit", JsonPath.of("spec", "gateways"), List.of("mesh"));
    LiveObject seen = cluster.get(key("a")).orElseThrow();
    Manifest nothing =
        Manifest.of(
            Map.of(
                "apiVersion",
                "networking.istio.io/v1",
                "kind",
                "VirtualService",
                "metadata",
                Map.of("name", "a", "namespace", namespace)));
    LiveObject after = cluster.apply(pinned(nothing, seen.uid()), false);
    assertThat(after.spec()).containsOnlyKeys("gateways");
    assertThat(after.labels()).isEmpty();
    assertThat(after.owners()).extracting(FieldOwner::manager).containsExactly("kubectl-edit");
  }

  @Test
  void whatIsReleasedStaysAndTellsNothingOfUs() throws Exception {
    LiveObject seen = cluster.apply(simple("a"), false);
    assertThat(cluster.release(key("a"), seen.uid(), Set.of("team", "none"))).isTrue();
    LiveObject after = cluster.get(key("a")).orElseThrow();
    assertThat(after.spec()).isEqualTo(simple("a").spec());
    assertThat(after.labels()).isEmpty();
    assertThat(after.owners()).isEmpty();
    assertThat(after.uid()).isEqualTo(seen.uid());
    assertThat(cluster.release(key("a"), seen.uid(), Set.of("team"))).isTrue();
    assertThat(cluster.get(key("a")).orElseThrow().resourceVersion())
        .isEqualTo(after.resourceVersion());
  }

  @Test
  void aReleaseLeavesLabelsAndOwnershipOfOthers() throws Exception {
    Manifest labelled =
        manifest("a", Map.of("team", "shop", "meshkeel.io/x", "y"), simple("a").spec());
    LiveObject seen = cluster.apply(labelled, false);
    handEdit(key("a"), "kubectl-edit", JsonPath.of("spec", "gateways"), List.of("mesh"));
    assertThat(cluster.release(key("a"), seen.uid(), Set.of("meshkeel.io/x"))).isTrue();
    LiveObject after = cluster.get(key("a")).orElseThrow();
    assertThat(after.labels()).containsOnlyKeys("team");
    assertThat(after.spec()).containsOnlyKeys("hosts", "http", "gateways");
    assertThat(after.owners()).extracting(FieldOwner::manager).containsExactly("kubectl-edit");
  }

  @Test
  void onlyTheObjectSeenIsReleased() throws Exception {
    cluster.apply(simple("a"), false);
    assertThat(cluster.release(key("a"), "another-uid", Set.of("team"))).isFalse();
    assertThat(cluster.get(key("a")).orElseThrow().label("team")).isEqualTo("shop");
    assertThat(cluster.release(key("nobody"), "another-uid", Set.of("team"))).isFalse();
  }

  @Test
  void onlyTheObjectSeenIsDeleted() throws Exception {
    LiveObject seen = cluster.apply(simple("a"), false);
    assertThat(cluster.delete(key("a"), "another-uid")).isFalse();
    assertThat(cluster.get(key("a"))).isPresent();
    assertThat(cluster.delete(key("a"), seen.uid())).isTrue();
    assertThat(cluster.get(key("a"))).isEmpty();
    assertThat(cluster.delete(key("a"), seen.uid())).isFalse();
  }

  @Test
  void aListHasEveryObjectOnce() throws Exception {
    for (int i = 0; i < 8; i++) {
      cluster.apply(simple("a" + i), false);
    }
    List<String> names = new ArrayList<>();
    KindScope scope = new KindScope(VIRTUAL_SERVICE, namespace, "");
    ObjectPage page = cluster.list(scope, "");
    page.objects().forEach(o -> names.add(o.key().name()));
    while (!page.next().isEmpty()) {
      page = cluster.list(scope, page.next());
      page.objects().forEach(o -> names.add(o.key().name()));
    }
    assertThat(names).containsExactly("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7");
    assertThat(cluster.list(new KindScope(VIRTUAL_SERVICE, namespace, "a3"), "").objects())
        .hasSize(1);
  }

  @Test
  void aWatchTellsWhatHappensAfterTheList() throws Exception {
    cluster.apply(simple("before"), false);
    KindScope scope = new KindScope(VIRTUAL_SERVICE, namespace, "");
    String version = cluster.list(scope, "").resourceVersion();
    try (Watch watch = cluster.watch(scope, version)) {
      LiveObject created = cluster.apply(simple("a"), false);
      handEdit(key("a"), "kubectl-edit", JsonPath.of("spec", "gateways"), List.of("mesh"));
      cluster.delete(key("a"), created.uid());
      assertThat(told(watch)).isEqualTo("put a");
      assertThat(told(watch)).isEqualTo("put a");
      assertThat(told(watch)).isEqualTo("gone a");
    }
  }

  private static String told(Watch watch) throws Exception {
    Optional<WatchEvent> event = watch.next();
    while (event.isPresent()) {
      switch (event.get()) {
        case WatchEvent.Put put -> {
          return "put " + put.object().key().name();
        }
        case WatchEvent.Gone gone -> {
          return "gone " + gone.object().key().name();
        }
        case WatchEvent.Seen seen -> {
          return "seen " + seen.object().key().name();
        }
        case WatchEvent.Lost lost -> {
          return "lost " + lost.key().name();
        }
        case WatchEvent.Bookmark _ -> event = watch.next();
      }
    }
    return "end";
  }

  @Test
  void aClosedWatchEnds() throws Exception {
    KindScope scope = new KindScope(VIRTUAL_SERVICE, namespace, "");
    Watch watch = cluster.watch(scope, cluster.list(scope, "").resourceVersion());
    Thread closer = Thread.ofVirtual().start(watch::close);
    assertThat(told(watch)).isEqualTo("end");
    closer.join();
    watch.close();
    assertThat(watch.next()).isEmpty();
  }

  @Test
  void aWatchFromTooLongAgoExpires() {
    assertThat(
            catchThrowableOfType(
                Watch.ExpiredException.class,
                () -> {
                  try (Watch watch =
                      cluster.watch(
                          new KindScope(VIRTUAL_SERVICE, namespace, ""), ancientVersion())) {
                    told(watch);
                  }
                }))
        .isNotNull();
  }

  private List<Manifest> observed(ObservedScope scope) throws Exception {
    List<Manifest> all = new ArrayList<>();
    ManifestPage page = cluster.observe(scope, "");
    all.addAll(page.objects());
    while (!page.next().isEmpty()) {
      page = cluster.observe(scope, page.next());
      all.addAll(page.objects());
    }
    return all;
  }

  @Test
  void anObservedObjectIsWholeButForWhoWroteIt() throws Exception {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      cluster.apply(simple(name), false);
    }
    List<Manifest> all = observed(new ObservedScope(VIRTUAL_SERVICE, namespace, ""));
    assertThat(all).extracting(m -> m.key().name()).containsExactly("a", "b", "c", "d", "e");
    Manifest first = all.getFirst();
    assertThat(first.apiVersion()).isEqualTo("networking.istio.io/v1");
    assertThat(first.spec()).isEqualTo(simple("a").spec());
    assertThat(first.labels()).containsEntry("team", "shop");
    assertThat(first.metadata()).doesNotContainKey("managedFields").containsKey("uid");
  }

  @Test
  void observedIsOnlyWhatWasAskedFor() throws Exception {
    cluster.apply(simple("a"), false);
    cluster.apply(simple("b"), false);
    assertThat(observed(new ObservedScope(VIRTUAL_SERVICE, namespace, "b")))
        .extracting(m -> m.key().name())
        .containsExactly("b");
    assertThat(
            observed(
                new ObservedScope(new GroupKind("networking.istio.io", "Sidecar"), namespace, "")))
        .isEmpty();
  }

  @Test
  void servedKindsSayVersionsAndScope() throws Exception {
    assertThat(cluster.served())
        .hasEntrySatisfying(
            VIRTUAL_SERVICE,
            served -> {
              assertThat(served.namespaced()).isTrue();
              assertThat(served.versions()).startsWith("v1").contains("v1beta1");
            });
    assertThat(cluster.served())
        .containsKeys(
            Kinds.NAMESPACE, Kinds.CONFIG_MAP, ObservedKinds.POD, ObservedKinds.DEPLOYMENT);
  }
}

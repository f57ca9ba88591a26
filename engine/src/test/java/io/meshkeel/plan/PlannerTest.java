package io.meshkeel.plan;

import static io.meshkeel.desired.Declared.SPEC;
import static io.meshkeel.desired.Declared.entry;
import static io.meshkeel.desired.Declared.gateway;
import static io.meshkeel.desired.Declared.istio;
import static io.meshkeel.desired.Declared.key;
import static io.meshkeel.desired.Declared.mesh;
import static io.meshkeel.desired.Declared.object;
import static io.meshkeel.desired.Declared.route;
import static io.meshkeel.desired.Declared.rule;
import static io.meshkeel.desired.Declared.spec;
import static io.meshkeel.desired.Declared.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.apply.Applier;
import io.meshkeel.desired.DesiredState;
import io.meshkeel.desired.Labels;
import io.meshkeel.kube.FakeCluster;
import io.meshkeel.live.LiveSnapshot;
import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
  private static final ResourceKey A = key("VirtualService", "a");

  private final FakeCluster cluster = new FakeCluster();

  private LiveSnapshot live() {
    return LiveSnapshot.of(cluster.all(), cluster.kinds());
  }

  private Plan plan(DesiredState desired) {
    return Planner.plan(desired, live());
  }

  private void applied(DesiredState desired) {
    assertThat(
            new Applier(4)
                .apply(plan(desired), cluster, live(), Optional.empty(), () -> false)
                .complete())
        .isTrue();
  }

  private static List<String> actions(Plan plan) {
    return plan.changes().stream()
        .map(change -> change.getClass().getSimpleName() + " " + change.key())
        .toList();
  }

  private static <C extends Change> C only(Plan plan, Class<C> sort) {
    List<C> changes = plan.of(sort).toList();
    assertThat(changes).hasSize(1);
    return changes.getFirst();
  }

  @Test
  void whatIsMissingIsCreatedAfterItsNamespace() {
    Plan plan = plan(state(route("a", "a")));
    assertThat(actions(plan)).containsExactly("Create Namespace shop", "Create " + A);
    assertThat(plan.stages()).hasSize(2);
    assertThat(plan.steps().getLast().after())
        .containsExactly(new ResourceKey("", "Namespace", "", "shop"));
  }

  @Test
  void whatIsAsDeclaredIsUnchanged() {
    applied(state(route("a", "a")));
    Plan plan = plan(state(route("a", "a")));
    assertThat(actions(plan)).containsExactly("Unchanged " + A);
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.writes()).isFalse();
  }

  @Test
  void anUpdateSaysWhichFieldsDiffer() {
    applied(state(route("a", "old")));
    Change.Update update = only(plan(state(route("a", "new"))), Change.Update.class);
    assertThat(update.differences().toString())
        .contains("spec.hosts[0]", "spec.http[0].route[0].destination.host", "old", "new");
    assertThat(update.force()).isFalse();
  }

  @Test
  void aForeignFieldIsADifferenceForIstioKinds() {
    applied(state(route("a", "a")));
    cluster.handEdit(A, "kubectl-edit", JsonPath.of("spec", "exportTo"), List.of("."));
    Change.Update update = only(plan(state(route("a", "a"))), Change.Update.class);
    assertThat(update.differences()).hasSize(1);
    assertThat(update.differences().getFirst().foreign()).isTrue();
    assertThat(update.differences().getFirst().path()).hasToString("spec.exportTo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"istio.io/rev", "istio.io/dry-run", "networking.istio.io/exportTo"})
  void aForeignAnnotationOfIstiosDomainsIsADifference(String name) {
    applied(state(route("a", "a")));
    cluster.handEdit(A, "kubectl", JsonPath.of("metadata", "annotations", name), "x");
    assertThat(only(plan(state(route("a", "a"))), Change.Update.class).differences())
        .singleElement()
        .matches(FieldDifference::foreign);
  }

  @Test
  void labelsAndAnnotationsOfOthersAreNoDifference() {
    applied(state(route("a", "a")));
    cluster.handEdit(A, "argo", JsonPath.of("metadata", "labels", "argocd/x"), "y");
    cluster.handEdit(A, "ops", JsonPath.of("metadata", "annotations", "example.com/n"), "y");
    assertThat(plan(state(route("a", "a"))).isEmpty()).isTrue();
  }

  @Test
  void aDeclaredLabelThatWasTakenAwayIsADifference() {
    applied(state(route("a", "a")));
    cluster.handEdit(A, "kubectl", JsonPath.of("metadata", "labels", Labels.PART_OF), null);
    Change.Update update = only(plan(state(route("a", "a"))), Change.Update.class);
    assertThat(update.differences().getFirst().path().toString()).contains(Labels.PART_OF);
  }

  @Test
  void defaultsOfGatewayApiKindsAreNoDifference() {
    Manifest declared =
        object(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            "shop",
            "r",
            Map.of(),
            Map.of("parentRefs", List.of(Map.of("name", "gw"))));
    applied(state(declared));
    ResourceKey key = declared.key();
    // A default belongs to nobody: written by us, then disowned.
    cluster.handEdit(key, "meshkeel", JsonPath.of("spec", "hostnames"), List.of("a"));
    assertThat(plan(state(declared)).isEmpty()).isTrue();
  }

  @Test
  void aFieldThatAHandAddedToAGatewayApiObjectIsADifference() {
    Manifest declared =
        object(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            "shop",
            "r",
            Map.of(),
            Map.of("parentRefs", List.of(Map.of("name", "gw"))));
    applied(state(declared));
    cluster.handEdit(
        declared.key(), "kubectl-edit", JsonPath.of("spec", "hostnames"), List.of("a"));
    assertThat(only(plan(state(declared)), Change.Update.class).differences())
        .singleElement()
        .matches(FieldDifference::foreign);
  }

  @Test
  void anotherServedVersionIsTheSameObject() {
    applied(state(route("a", "a")));
    Manifest beta =
        object(
            "networking.istio.io/v1beta1",
            "VirtualService",
            "shop",
            "a",
            Map.of(),
            route("a", "a").spec());
    assertThat(plan(state(beta)).isEmpty()).isTrue();
  }

  @Test
  void aHandIsOverruled() {
    applied(state(route("a", "a")));
    cluster.handEdit(A, "kubectl-edit", JsonPath.of("spec", "hosts"), List.of("evil"));
    assertThat(only(plan(state(route("a", "a"))), Change.Update.class).force()).isTrue();
  }

  @Test
  void whatIsNotOursIsNotAdoptedUnasked() {
    applied(state());
    cluster.handCreate(route("a", "a"), "kubectl");
    Change.Skipped skipped = only(plan(state(route("a", "a"))), Change.Skipped.class);
    assertThat(skipped.reason()).isEqualTo(FailureReason.ADOPTION_REFUSED);
    assertThat(skipped.message()).contains(Labels.ADOPT);
  }

  @Test
  void anAnnotationAdopts() {
    cluster.handCreate(route("a", "other"), "kubectl");
    Manifest declared =
        object(
            "networking.istio.io/v1",
            "VirtualService",
            "shop",
            "a",
            Map.of(Labels.ADOPT, "true"),
            route("a", "a").spec());
    assertThat(only(plan(state(declared)), Change.Adopt.class).differences()).isNotEmpty();
  }

  @Test
  void theMeshAdopts() {
    cluster.handCreate(route("a", "a"), "kubectl");
    Mesh adopting =
        mesh(spec(Mesh.Conflicts.FAIL, Mesh.Prune.DEFAULT, Mesh.DriftMode.REPORT, true), Map.of());
    only(plan(state(adopting, List.of(route("a", "a")))), Change.Adopt.class);
  }

  @Test
  void anotherToolsSetIsNeverAdopted() {
    Manifest theirs =
        Manifest.of(
            Map.of(
                "apiVersion",
                "networking.istio.io/v1",
                "kind",
                "VirtualService",
                "metadata",
                Map.of(
                    "name", "a", "namespace", "shop", "labels", Map.of(Labels.PART_OF, "other"))));
    cluster.handCreate(theirs, "kubectl");
    Mesh adopting =
        mesh(spec(Mesh.Conflicts.FAIL, Mesh.Prune.DEFAULT, Mesh.DriftMode.REPORT, true), Map.of());
    assertThat(
            only(plan(state(adopting, List.of(route("a", "a")))), Change.Skipped.class).message())
        .contains("another ApplySet");
  }

  @Test
  void aKindThatIsNotServedIsToldAndTheRestGoesOn() {
    cluster.unserve(A.groupKind());
    Plan plan = plan(state(route("a", "a"), rule("d", "a")));
    assertThat(only(plan, Change.Skipped.class).reason()).isEqualTo(FailureReason.KIND_NOT_SERVED);
    assertThat(plan.written()).contains(key("DestinationRule", "d"));
  }

  @Test
  void whatIsReferredToComesFirstAndGoesLast() {
    DesiredState all =
        state(
            route("a", "api.example.com", "public"),
            rule("d", "api.example.com"),
            entry("e", "*.example.com"),
            gateway("public"));
    List<Set<String>> stages =
        plan(all).stages().stream()
            .map(s -> Set.copyOf(s.stream().map(step -> step.key().kind()).toList()))
            .toList();
    assertThat(stages)
        .containsExactly(
            Set.of("Namespace"),
            Set.of("ServiceEntry", "Gateway"),
            Set.of("DestinationRule"),
            Set.of("VirtualService"));
    applied(all);
    Mesh confirmed = mesh(SPEC, Map.of(Labels.CONFIRM_PRUNE, "4"));
    assertThat(
            plan(state(confirmed, List.of())).stages().stream().map(s -> s.getFirst().key().kind()))
        .first()
        .isEqualTo("VirtualService");
  }

  @Test
  void deletionsComeAfterTheUpdateThatLetsGo() {
    applied(state(route("a", "a", "old"), gateway("old")));
    Plan plan = plan(state(route("a", "a", "new"), gateway("new")));
    List<String> order = plan.steps().stream().map(step -> step.key().name()).toList();
    assertThat(order).containsExactly("new", "a", "old");
    assertThat(plan.steps().getLast().after()).containsExactly(A);
  }

  @Test
  void circlesShareAStage() {
    Manifest one = delegate("one", "two");
    Manifest two = delegate("two", "one");
    assertThat(plan(state(one, two)).stages()).hasSize(2);
  }

  private static Manifest delegate(String name, String to) {
    return istio(
        "VirtualService", name, Map.of("http", List.of(Map.of("delegate", Map.of("name", to)))));
  }

  @Test
  void whatIsNoLongerDeclaredIsDeleted() {
    applied(state(route("a", "a"), rule("d", "x")));
    assertThat(actions(plan(state(rule("d", "x")))))
        .containsExactly("Unchanged DestinationRule shop/d", "Delete " + A);
  }

  @Test
  void whatSomethingStillRefersToStays() {
    applied(state(route("a", "a", "public"), gateway("public")));
    Change.Skipped skipped = only(plan(state(route("a", "a", "public"))), Change.Skipped.class);
    assertThat(skipped.reason()).isEqualTo(FailureReason.PRUNE_REFUSED);
    assertThat(skipped.message()).contains("VirtualService shop/a still refers to it");
  }

  private List<Manifest> many(int count) {
    List<Manifest> manifests = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> manifests.add(route("a" + i, "a" + i)));
    return manifests;
  }

  @ParameterizedTest
  @CsvSource({"10, 7, true", "10, 6, false", "2, 1, true", "2, 0, false", "1, 0, true"})
  void thePruneBudgetHolds(int before, int after, boolean allowed) {
    applied(state(mesh(SPEC, Map.of()), many(before)));
    Plan plan = plan(state(mesh(SPEC, Map.of()), many(after)));
    assertThat(plan.of(Change.Delete.class).count()).isEqualTo(allowed ? before - after : 0);
    assertThat(plan.skipped().size()).isEqualTo(allowed ? 0 : before - after);
  }

  @Test
  void aPruneBeyondTheBudgetSaysHowToConfirmIt() {
    applied(state(mesh(SPEC, Map.of()), many(10)));
    Change.Skipped skipped = plan(state(mesh(SPEC, Map.of()), many(2))).skipped().getFirst();
    assertThat(skipped.reason()).isEqualTo(FailureReason.PRUNE_REFUSED);
    assertThat(skipped.message())
        .contains("8 of 10 objects would be pruned", Labels.CONFIRM_PRUNE + ": \"8\"");
    Mesh confirmed = mesh(SPEC, Map.of(Labels.CONFIRM_PRUNE, "8"));
    assertThat(plan(state(confirmed, many(2))).of(Change.Delete.class).count()).isEqualTo(8);
    assertThat(plan(state(confirmed, many(1))).of(Change.Delete.class).count()).isZero();
  }

  @Test
  void nothingIsPrunedWherePruningIsOff() {
    applied(state(route("a", "a"), rule("d", "x")));
    Mesh keeping =
        mesh(
            spec(Mesh.Conflicts.FAIL, new Mesh.Prune(false, 50, 30), Mesh.DriftMode.REPORT, false),
            Map.of());
    assertThat(plan(state(keeping, List.of(rule("d", "x")))).isEmpty()).isTrue();
  }

  @Test
  void aCopyWithOurLabelsThatWeDidNotWriteIsNotPruned() {
    DesiredState desired = state(rule("d", "x"));
    applied(desired);
    Manifest copy =
        Manifest.of(
            Map.of(
                "apiVersion",
                "networking.istio.io/v1",
                "kind",
                "VirtualService",
                "metadata",
                Map.of(
                    "name",
                    "copy",
                    "namespace",
                    "shop",
                    "labels",
                    Map.of(Labels.PART_OF, desired.applySet().id()))));
    cluster.handCreate(copy, "kubectl");
    assertThat(only(plan(desired), Change.Skipped.class).reason())
        .isEqualTo(FailureReason.ADOPTION_REFUSED);
  }

  @Test
  void withoutTheInventoryNothingIsPrunedButItIsWrittenAgain() {
    applied(state(route("a", "a"), rule("d", "x")));
    DesiredState less = state(rule("d", "x"));
    cluster.handDelete(less.applySet().parent());
    Plan plan = plan(less);
    assertThat(only(plan, Change.Skipped.class).reason())
        .isEqualTo(FailureReason.INVENTORY_UNREADABLE);
    assertThat(plan.repairsInventory()).isTrue();
    new Applier(1).apply(plan, cluster, live(), Optional.empty(), () -> false);
    assertThat(actions(plan(less))).contains("Delete " + A);
  }

  @Test
  void whatIsWithheldIsNeitherWrittenNorPruned() {
    applied(state(route("a", "a"), rule("d", "x")));
    Manifest typo =
        object(
            "networking.istio.io/v1",
            "VirtualService",
            "shop",
            "a",
            Map.of(Labels.CLUSTERS, "nowhere"),
            Map.of());
    Plan plan = plan(state(typo, rule("d", "x")));
    assertThat(plan.writes()).isFalse();
    assertThat(only(plan, Change.Skipped.class).message()).contains("names nowhere");
  }

  @Test
  void driftNamesFieldValueAndHand() {
    applied(state(route("a", "a")));
    cluster.handEdit(A, "kubectl-edit", JsonPath.of("spec", "hosts"), List.of("evil"));
    List<DriftEntry> drift = DriftEntry.of(plan(state(route("a", "a"))));
    assertThat(drift).hasSize(1);
    assertThat(drift.getFirst().oneLine())
        .startsWith(
            "VirtualService shop/a: spec.hosts[0] is \"evil\", declared \"a\", by kubectl-edit at"
                + " 2026-11-01T");
  }

  @Test
  void driftTellsAnAddedFieldAMissingFieldAndAMissingObject() {
    applied(state(route("a", "a"), rule("d", "x"), entry("e", "y.com")));
    cluster.handEdit(A, "kubectl-edit", JsonPath.of("spec", "exportTo"), List.of("."));
    cluster.handEdit(
        key("DestinationRule", "d"), "kubectl-edit", JsonPath.of("spec", "host"), null);
    cluster.handDelete(key("ServiceEntry", "e"));
    List<String> lines =
        DriftEntry.of(plan(state(route("a", "a"), rule("d", "x"), entry("e", "y.com")))).stream()
            .map(DriftEntry::oneLine)
            .toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).contains("spec.host is missing, declared \"x\"");
    assertThat(lines.get(1)).isEqualTo("ServiceEntry shop/e is declared but doesn't exist");
    assertThat(lines.get(2)).contains("spec.exportTo was added: [\".\"], by kubectl-edit");
  }

  @Test
  void textShowsStagesFieldsAndRefusals() {
    applied(state(route("a", "old"), rule("gone", "x"), rule("d", "y"), rule("e", "z")));
    cluster.handCreate(gateway("theirs"), "kubectl");
    Plan plan = plan(state(route("a", "new"), rule("d", "y"), rule("e", "z"), gateway("theirs")));
    assertThat(PlanText.of(plan))
        .contains(
            "cluster east of mesh shop: 1 to update, 1 to delete, 1 refused, 2 unchanged",
            "stage 1 of 2",
            "~ VirtualService shop/a  (meshes/shop/VirtualService-a.yaml:1:1)",
            "spec.hosts[0]: \"old\" -> \"new\"",
            "- DestinationRule shop/gone",
            "! Gateway shop/theirs: it exists and isn't ours",
            "[adoption_refused]");
    assertThat(PlanJson.of(plan).toString())
        .contains("action=update", "path=spec.hosts[0]", "reason=adoption_refused", "unchanged=2");
  }

  @Test
  void valuesAreShownOnOneBoundedLine() {
    String text = ValueText.of(Optional.of(Map.of("a", "x\n\u202e".repeat(500))));
    assertThat(text).hasSizeLessThanOrEqualTo(ValueText.MAX_LENGTH).doesNotContain("\n", "\u202e");
  }
}

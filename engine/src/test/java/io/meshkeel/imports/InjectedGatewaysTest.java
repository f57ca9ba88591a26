package io.meshkeel.imports;

import static io.meshkeel.imports.Running.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.corpus.GatewayCorpus;
import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.YamlWriter;
import io.meshkeel.desired.DesiredObject;
import io.meshkeel.desired.DesiredStates;
import io.meshkeel.imports.ImportEntry.Sort;
import io.meshkeel.kube.Kinds;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.MeshName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Gateways whose pods istiod's webhook completes. */
class InjectedGatewaysTest {
  private static final Map<String, Object> INGRESS =
      Map.of(
          "type",
          "Ingress",
          "namespace",
          "edge",
          "clusters",
          "all",
          "engine",
          "Injection",
          "autoscaling",
          Map.of("min", 2, "max", 5));

  /** What such a gateway consists of, as somebody else would have installed it. */
  private static List<Map<String, Object>> installed(Map<String, Object> spec) {
    Map<String, String> files =
        Map.of(
            "meshes/shop/mesh.yaml",
            """
            apiVersion: meshkeel.io/v1alpha1
            kind: Mesh
            metadata: {name: shop}
            spec: {istioVersion: "1.31", topology: MultiPrimary}
            ---
            apiVersion: meshkeel.io/v1alpha1
            kind: MeshCluster
            metadata: {name: east}
            spec: {role: ControlPlane, credential: east, network: net-a}
            """,
            "meshes/shop/gateway.yaml",
            YamlWriter.write(OwnDraft.document("MeshGateway", "gate", JsonTree.freeze(spec))));
    MeshDeclarations mesh =
        Objects.requireNonNull(
            new DeclarationReader()
                .read(new TextSnapshot(files))
                .meshes()
                .get(new MeshName("shop")));
    if (!mesh.problems().isEmpty()) {
      return List.of();
    }
    List<Map<String, Object>> objects = new ArrayList<>();
    for (DesiredObject object :
        Objects.requireNonNull(new DesiredStates().of(mesh).get(new ClusterName("east")))
            .settled(kind -> false)
            .objects()
            .values()) {
      if (!object.key().kind().equals("Namespace")) {
        objects.add(withoutOurLabels(object));
      }
    }
    return objects;
  }

  private static Map<String, Object> withoutOurLabels(DesiredObject object) {
    Map<String, Object> labels = new HashMap<>(object.manifest().labels());
    labels.keySet().removeIf(name -> name.contains("meshkeel") || name.contains("kubernetes.io/"));
    Map<String, Object> metadata = new HashMap<>(object.manifest().metadata());
    metadata.put("labels", labels);
    Map<String, Object> content = new HashMap<>(object.manifest().content());
    content.put("metadata", metadata);
    return content;
  }

  private static Running running(List<Map<String, Object>> objects) {
    return new Running().controlPlane("east", YamlWriter.writeAll(objects)).looked(Kinds.RENDERED);
  }

  private static List<Map<String, Object>> without(String kind) {
    return installed(INGRESS).stream().filter(each -> !kind.equals(each.get("kind"))).toList();
  }

  private static String leftOut(Imported imported) {
    return imported.report().stream()
        .filter(entry -> entry.sort() == Sort.LEFT_OUT)
        .map(ImportEntry::oneLine)
        .filter(line -> line.startsWith("Deployment"))
        .findFirst()
        .orElse("");
  }

  @Test
  void anyGatewayThatADeclarationCouldHaveRenderedBecomesThatDeclaration() throws ImportException {
    int recognised = 0;
    for (Map<String, Object> spec : GatewayCorpus.of(40, 7)) {
      List<Map<String, Object>> objects = installed(spec);
      if (objects.stream().noneMatch(object -> "Deployment".equals(object.get("kind")))) {
        continue;
      }
      Imported imported = running(objects).imported();
      assertThat(imported.files()).as(spec + leftOut(imported)).containsKey(path());
      assertThat(imported.adopted()).as(spec.toString()).isEqualTo(objects.size());
      recognised++;
    }
    assertThat(recognised).isGreaterThan(40);
  }

  private static String path() {
    return "meshes/shop/gateways/gate.yaml";
  }

  @Test
  void itSaysWhatItStandsForAndThatItMayBeTakenOver() throws ImportException {
    Imported imported = running(installed(INGRESS)).imported();

    assertThat(text(imported, "gateways/gate.yaml"))
        .contains("kind: MeshGateway", "engine: Injection", "max: 5", "meshkeel.io/adopt: \"true\"")
        .contains("# Renders the Deployment edge/gate")
        .doesNotContain("resources", "ports", "replicas");
    assertThat(imported.count(Sort.LEFT_OUT)).isZero();
  }

  @Test
  void aPartThatIsMissingWouldBeCreatedSoItIsLeftOut() throws ImportException {
    Imported imported = running(without("PodDisruptionBudget")).imported();

    assertThat(imported.files()).doesNotContainKey(path());
    assertThat(leftOut(imported)).contains("would create", "PodDisruptionBudget");
  }

  @Test
  void everyPartThatIsMissingIsNamedAndIstiosOwnObjectsAreWrittenAllTheSame()
      throws ImportException {
    Map<String, Object> eastWest =
        Map.of("type", "EastWest", "namespace", "edge", "clusters", "all");
    for (String kind :
        List.of("Service", "ServiceAccount", "Role", "RoleBinding", "PodDisruptionBudget")) {
      Imported imported =
          running(
                  installed(eastWest).stream()
                      .filter(each -> !kind.equals(each.get("kind")))
                      .toList())
              .imported();

      assertThat(leftOut(imported)).contains("would create " + kind);
      assertThat(text(imported, "traffic/edge/gateway-gate-cross-network.yaml"))
          .as(kind)
          .contains("AUTO_PASSTHROUGH");
    }
  }

  @Test
  void withoutALookAtAllOfItsKindsNothingIsConcluded() throws ImportException {
    Imported imported =
        new Running().controlPlane("east", YamlWriter.writeAll(without("Role"))).imported();

    assertThat(imported.files()).doesNotContainKey(path());
    assertThat(leftOut(imported)).contains("not all that it consists of was looked at", "Role");
  }

  @Test
  void anAutoscalerOfAnotherNameIsNotPushedAside() throws ImportException {
    List<Map<String, Object>> objects = new ArrayList<>(without("HorizontalPodAutoscaler"));
    objects.add(
        Map.of(
            "apiVersion",
            "autoscaling/v2",
            "kind",
            "HorizontalPodAutoscaler",
            "metadata",
            Map.of("name", "other", "namespace", "edge"),
            "spec",
            Map.of("scaleTargetRef", Map.of("kind", "Deployment", "name", "gate"))));

    assertThat(leftOut(running(objects).imported())).contains("is called other");
  }

  @Test
  void whatHelmInstalledIsLeftToItUnlessThatIsAsked() throws ImportException {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (Map<String, Object> object : installed(INGRESS)) {
      Map<String, Object> metadata = new HashMap<>(JsonTree.map(object, "metadata"));
      metadata.put("annotations", Map.of("meta.helm.sh/release-name", "gate"));
      Map<String, Object> content = new HashMap<>(object);
      content.put("metadata", metadata);
      objects.add(content);
    }
    Imported left = running(objects).imported();
    assertThat(left.files()).doesNotContainKey(path());
    assertThat(left.count(Sort.MANAGED)).isEqualTo(1);

    assertThat(text(running(objects).withManaged().imported(), "gateways/gate.yaml"))
        .contains("# Managed by Helm, release gate", "type: Ingress")
        .doesNotContain("release-name");
  }

  @Test
  void anEastWestGatewayTakesItsCrossNetworkGatewayWithIt() throws ImportException {
    Imported imported =
        running(installed(Map.of("type", "EastWest", "namespace", "edge", "clusters", "all")))
            .imported();

    assertThat(text(imported, "gateways/gate.yaml")).contains("type: EastWest");
    assertThat(imported.files().keySet()).noneMatch(path -> path.contains("cross-network"));
  }
}

package io.meshkeel.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KeptFactsTest {
  private static final Mesh.Spec MESH =
      new Mesh.Spec(
          "1.31",
          Mesh.Topology.PRIMARY_REMOTE,
          "default",
          "istio-system",
          "cluster.local",
          "cluster.local",
          Mesh.DriftMode.REPORT,
          Mesh.Conflicts.FAIL,
          Mesh.OnRemoval.RELEASE,
          Mesh.Prune.DEFAULT,
          false,
          false);

  private final KeptFacts facts = new KeptFacts(MeshFacts.indexes(MESH, ClusterContents.NONE));

  private static ObjectView view(String kind, String name, Map<String, Object> spec) {
    Manifest manifest =
        Manifest.of(
            Map.of(
                "apiVersion",
                "networking.istio.io/v1",
                "kind",
                kind,
                "metadata",
                Map.of("namespace", "shop", "name", name),
                "spec",
                spec));
    return ObjectView.of(
        new Declaration(
            manifest,
            new MeshName("shop"),
            new SourceFile("meshes/shop/" + kind + name + ".yaml", "1", 1),
            0,
            new SourcePosition("meshes/shop/a.yaml", 1, 1)),
        "cluster.local");
  }

  private static String host(int i) {
    return "s" + i + ".shop.svc.cluster.local";
  }

  private static ObjectView route(int i, String subset) {
    return view(
        "VirtualService",
        "s" + i,
        Map.of(
            "hosts",
            List.of(host(i)),
            "http",
            List.of(
                Map.of(
                    "route",
                    List.of(Map.of("destination", Map.of("host", host(i), "subset", subset)))))));
  }

  private static ObjectView subsets(int i, String subset) {
    return view(
        "DestinationRule",
        "s" + i,
        Map.of("host", host(i), "subsets", List.of(Map.of("name", subset))));
  }

  private List<Slice> tell(List<ObjectView> objects) {
    facts.become(objects, object -> true);
    return facts.tell(objects.size());
  }

  private static List<ObjectView> many() {
    List<ObjectView> objects = new ArrayList<>();
    IntStream.range(0, 200).mapToObj(i -> route(i, "v1")).forEach(objects::add);
    IntStream.range(0, 200).mapToObj(i -> subsets(i, "v1")).forEach(objects::add);
    return objects;
  }

  @Test
  void onlyWhatAChangeReachesIsToldAnew() {
    List<ObjectView> objects = many();
    List<Slice> before = tell(objects);
    assertThat(facts.made()).isEqualTo(400);

    assertThat(tell(objects)).isEqualTo(before);
    assertThat(facts.made()).isZero();

    objects.set(207, subsets(7, "v2"));
    List<Slice> after = tell(objects);
    assertThat(facts.made()).as("the rule and the route that it is for").isEqualTo(2);
    assertThat(after.get(7).toMap()).containsKey("destinations");

    objects.remove(208);
    assertThat(tell(objects).get(8).toMap()).containsKey("destinations");
    assertThat(facts.made()).as("the route that lost its rule").isEqualTo(1);
  }

  @Test
  void whatGoesAndComesBackIsToldAsBefore() {
    List<ObjectView> objects = many();
    List<Map<String, Object>> before = tell(objects).stream().map(Slice::toMap).toList();
    tell(objects.subList(0, 100));
    tell(List.of());
    assertThat(tell(objects).stream().map(Slice::toMap).toList()).isEqualTo(before);
  }

  @Test
  void namesThatNobodyUsesAnyMoreAreForgottenInTheEnd() {
    int i = 0;
    while (!facts.isWorn() && i < 10_000_000) {
      List<ObjectView> some = new ArrayList<>();
      for (int end = i + 5_000; i < end; i++) {
        some.add(route(i, "v1"));
      }
      tell(some);
    }
    assertThat(facts.isWorn()).isTrue();
  }

  @Test
  void nothingIsToldOfWhatIsNotWantedOrComesLater() {
    List<ObjectView> objects = many();
    facts.become(objects, object -> object.id().endsWith("/s1"));
    List<Slice> told = facts.tell(200);
    assertThat(told).hasSize(200);
    assertThat(facts.made()).as("the wanted route of two objects called s1").isEqualTo(1);
  }

  /** What lies elsewhere could neither be taken out again nor be missed when it changes. */
  @Test
  void anIndexKeepsNothingBesideItsShelves() {
    Set<Class<?>> allowed =
        Set.of(
            Shelf.class,
            Input.class,
            Mesh.Spec.class,
            String.class,
            SubsetLookup.class,
            ClusterContents.class);
    for (KeptIndex index : MeshFacts.indexes(MESH, ClusterContents.NONE)) {
      for (Field field : index.getClass().getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          assertThat(allowed).as(field.toString()).contains(field.getType());
          assertThat(Modifier.isFinal(field.getModifiers())).as(field.toString()).isTrue();
        }
      }
    }
  }
}

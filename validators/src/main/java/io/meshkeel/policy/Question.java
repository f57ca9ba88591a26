package io.meshkeel.policy;

import io.meshkeel.facts.Subject;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects about which OPA is asked at once.
 *
 * @param surroundings what holds for all of them
 * @param items the objects, by {@link #keyOf}
 */
record Question(Surroundings surroundings, Map<String, Item> items) {
  /** The document that evaluates every rule. */
  static final String DOCUMENT = "meshkeel/main/answer";

  /**
   * What rules know of the mesh.
   *
   * @param istioVersion {@code major.minor}
   * @param rootNamespace Istio's root namespace
   * @param clusterDomain DNS domain of services
   * @param trustDomain SPIFFE trust domain
   * @param params what is set of parameters, by rule and namespace: {@link LibraryParams}
   */
  record Surroundings(
      String istioVersion,
      String rootNamespace,
      String clusterDomain,
      String trustDomain,
      Map<String, Map<String, Map<String, Object>>> params) {
    Surroundings {
      params = Map.copyOf(params);
    }

    static Surroundings of(MeshDeclarations declared, RuleIndex rules) {
      Mesh.Spec mesh = declared.mesh().spec();
      return new Surroundings(
          mesh.istioVersion(),
          mesh.rootNamespace(),
          mesh.clusterDomain(),
          mesh.trustDomain(),
          LibraryParams.of(
              declared.governance().settings(), declared.mesh().name(), rules.params().keySet()));
    }
  }

  /**
   * An object and the facts of its surroundings.
   *
   * @param subject the object
   * @param facts its slice
   */
  record Item(Subject subject, Map<String, Object> facts) {
    Item(Declaration declaration, Map<String, Object> facts) {
      this(Subject.declared(declaration), facts);
    }
  }

  static Question of(Surroundings surroundings, List<Item> items) {
    Map<String, Item> byKey = LinkedHashMap.newLinkedHashMap(items.size());
    for (Item item : items) {
      byKey.put(keyOf(item.subject()), item);
    }
    return new Question(surroundings, byKey);
  }

  /**
   * {@code Kind.group/namespace/name}: how a finding names its object. What is declared for some
   * clusters only has them behind it, since another declaration may hold the object for others;
   * what was found in a cluster has {@code @} and the cluster.
   */
  static String keyOf(Subject subject) {
    ResourceKey key = subject.key();
    String name = key.groupKind() + "/" + key.namespace() + "/" + key.name();
    Object clusters =
        subject
            .declaration()
            .map(declared -> declared.manifest().annotations().get("meshkeel.io/clusters"))
            .orElse(null);
    return subject
        .cluster()
        .map(cluster -> name + "@" + cluster)
        .orElse(clusters == null ? name : name + "@" + clusters);
  }

  /**
   * The {@code input} of the question.
   *
   * @param index the rules
   */
  Map<String, Object> input(RuleIndex index) {
    Map<String, List<Object>> resources = new HashMap<>();
    Map<String, List<Object>> told = new HashMap<>();
    items.forEach((key, item) -> {
      Map<String, Object> own = new HashMap<>();
      item.facts()
          .forEach((name, facts) -> {
            if (index.isTold(name)) {
              for (Object fact : (List<?>) facts) {
                told.computeIfAbsent(name, n -> new ArrayList<>())
                    .add(Map.of("key", key, "fact", fact));
              }
            } else {
              own.put(name, facts);
            }
          });
      if (index.wantsObject(item)) {
        GroupKind kind = item.subject().key().groupKind();
        Map<String, Object> entry = new HashMap<>(4);
        entry.put("key", key);
        item.subject()
            .declaration()
            .ifPresent(declared ->
                entry.put("resource", index.reads(kind).of(declared.manifest().content())));
        if (!own.isEmpty()) {
          entry.put("facts", own);
        }
        resources.computeIfAbsent(kind.toString(), k -> new ArrayList<>()).add(entry);
      }
    });
    return Map.of(
        "istioVersion", surroundings.istioVersion(),
        "mesh",
            Map.of(
                "rootNamespace", surroundings.rootNamespace(),
                "clusterDomain", surroundings.clusterDomain(),
                "trustDomain", surroundings.trustDomain()),
        "params", surroundings.params(),
        "ask", List.copyOf(index.asked(items.values()).keySet()),
        "facts", told,
        "resources", resources);
  }
}

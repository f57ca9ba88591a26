package io.meshkeel.policy.own;

import io.meshkeel.model.Declaration;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.OwnDeclaration;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.policy.own.AskedObject.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The objects of a mesh with the rules that look at each, and what the revision does to them. */
final class AskedObjects {
  private final OwnBook book;
  private final MeshDeclarations mesh;
  private final @Nullable MeshDeclarations former;
  private final Function<Declaration, Map<String, Object>> facts;
  private final Map<String, RuleScope> scopes = new HashMap<>();
  private final Map<Place, Map<String, Map<String, Object>>> asks = new HashMap<>();

  /** What the rules for an object hang on. */
  private record Place(GroupKind kind, String namespace, boolean deleted) {}

  AskedObjects(
      OwnBook book,
      MeshDeclarations mesh,
      @Nullable MeshDeclarations former,
      Function<Declaration, Map<String, Object>> facts) {
    this.book = book;
    this.mesh = mesh;
    this.former = former;
    this.facts = facts;
    for (OwnRule rule : book.rules()) {
      scopes.put(rule.id(), new RuleScope(rule, mesh.governance().settings(), mesh.mesh().name()));
    }
  }

  /** Everything that a mesh declares beside itself and its clusters. */
  static List<Declaration> of(MeshDeclarations mesh) {
    List<Declaration> all = new ArrayList<>(mesh.objects());
    for (OwnDeclaration own : mesh.own()) {
      all.add(own.declaration());
    }
    return all;
  }

  /** Those at which some rule looks. */
  List<AskedObject> all() {
    List<Declaration> declared = of(mesh);
    List<AskedObject> asked = new ArrayList<>();
    if (!book.readsChange()) {
      declared.forEach(object -> add(asked, object, Change.UNCHANGED, null));
      return asked;
    }
    if (former == null) {
      declared.forEach(object -> add(asked, object, Change.CREATE, null));
      return asked;
    }
    Map<String, Declaration> before = new HashMap<>();
    Map<ResourceKey, Declaration> byKey = new HashMap<>();
    for (Declaration object : of(former)) {
      before.put(AskedObject.keyOf(object), object);
      byKey.put(object.manifest().key(), object);
    }
    Set<ResourceKey> here = new HashSet<>();
    for (Declaration object : declared) {
      here.add(object.manifest().key());
      Declaration same = before.get(AskedObject.keyOf(object));
      Declaration old = same == null ? byKey.get(object.manifest().key()) : same;
      if (old == null) {
        add(asked, object, Change.CREATE, null);
      } else if (old == object || old.manifest().content().equals(object.manifest().content())) {
        add(asked, object, Change.UNCHANGED, null);
      } else {
        add(asked, object, Change.UPDATE, old.manifest().content());
      }
    }
    before.values().stream()
        .filter(old -> !here.contains(old.manifest().key()))
        .forEach(old -> add(asked, old, Change.DELETE, old.manifest().content()));
    return asked;
  }

  private void add(
      List<AskedObject> asked,
      Declaration object,
      Change change,
      @Nullable Map<String, Object> old) {
    ResourceKey key = object.manifest().key();
    Map<String, Map<String, Object>> ask =
        asks.computeIfAbsent(
            new Place(key.groupKind(), key.namespace(), change == Change.DELETE), this::ask);
    if (!ask.isEmpty()) {
      asked.add(
          new AskedObject(
              object, change, old, change == Change.DELETE ? Map.of() : facts.apply(object), ask));
    }
  }

  /** The rules for objects of a kind and namespace, with their parameters. */
  private Map<String, Map<String, Object>> ask(Place place) {
    Map<String, Map<String, Object>> ask = new HashMap<>();
    for (OwnRule rule : book.rules()) {
      RuleScope scope = scopes.get(rule.id());
      if (scope != null && rule.looksAt(place.kind()) && (!place.deleted() || rule.deleted())) {
        scope.in(place.namespace()).ifPresent(params -> ask.put(rule.id(), params));
      }
    }
    return Map.copyOf(ask);
  }
}

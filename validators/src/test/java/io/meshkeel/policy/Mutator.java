package io.meshkeel.policy;

import io.meshkeel.policy.Mutation.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes every change of a state that its operators know, each of one thing:
 *
 * <ul>
 *   <li>{@code drop} a field or a list item; {@code empty} a list or mapping;
 *   <li>{@code mistype} a word, {@code mistype-tail} its last part, {@code mistype-key} a label's
 *       name; {@code move} a namespace elsewhere; {@code version} to v1beta1;
 *   <li>{@code root} moves to the root namespace; {@code shorten} leaves the domain of a service
 *       out, {@code bare} its namespace too;
 *   <li>{@code widen} to {@code *}; {@code negate} what a policy compares; {@code mode:X} another
 *       word of the same enumeration; {@code protocol} another prefix of a port's name; {@code
 *       flip} a yes or no; {@code raise}, {@code lower} a number or duration;
 *   <li>{@code duplicate} a list item, {@code swap} it with the next, {@code split} it in two;
 *   <li>{@code remove} a document, {@code copy} it under another name, {@code relocate:C} it to
 *       cluster C.
 * </ul>
 */
final class Mutator {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");
  private static final Pattern NUMBER = Pattern.compile("(?<number>[0-9]+)(?<unit>|ms|s|m|h)");
  private static final String DOMAIN = ".svc.cluster.local";
  private static final Set<String> KEYED =
      Set.of("labels", "matchLabels", "selector", "annotations", "data");
  private static final Set<String> WIDE =
      Set.of(
          "hosts",
          "host",
          "exportTo",
          "namespaces",
          "principals",
          "requestPrincipals",
          "serviceAccounts",
          "ipBlocks",
          "remoteIpBlocks",
          "sniHosts",
          "paths",
          "methods",
          "ports",
          "prefix",
          "exact",
          "values",
          "addresses");
  private static final List<Set<String>> WORDS =
      List.of(
          Set.of("STRICT", "PERMISSIVE", "DISABLE"),
          Set.of("DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL"),
          Set.of("PASSTHROUGH", "AUTO_PASSTHROUGH", "SIMPLE", "MUTUAL"),
          Set.of("HTTP", "HTTPS", "TCP", "TLS", "GRPC"),
          Set.of("ALLOW", "DENY"),
          Set.of("ADD", "REMOVE", "REPLACE", "MERGE", "INSERT_BEFORE", "INSERT_FIRST"),
          Set.of(
              "CLUSTER",
              "LISTENER",
              "HTTP_FILTER",
              "HTTP_ROUTE",
              "VIRTUAL_HOST",
              "ROUTE_CONFIGURATION"),
          Set.of("MESH_EXTERNAL", "MESH_INTERNAL"),
          Set.of("DNS", "STATIC", "NONE"),
          Set.of("REGISTRY_ONLY", "ALLOW_ANY"),
          Set.of("Local", "Cluster"),
          Set.of("All", "Same"),
          Set.of("ClusterIP", "NodePort", "LoadBalancer"),
          Set.of("ControlPlane", "DataPlane"),
          Set.of("EastWest", "Ingress", "Egress"),
          Set.of("Enabled", "Disabled"),
          Set.of("enabled", "disabled"));

  private final List<Document> documents;
  private final List<Mutation> made = new ArrayList<>();
  private int current;

  private Mutator(List<Document> documents) {
    this.documents = documents;
  }

  /** Every change, in a fixed order. */
  static List<Mutation> mutations(List<Document> documents) {
    Mutator mutator = new Mutator(documents);
    for (int i = 0; i < documents.size(); i++) {
      mutator.current = i;
      mutator.changeDocument();
    }
    return List.copyOf(mutator.made);
  }

  private void changeDocument() {
    Document document = documents.get(current);
    document("remove", List.of());
    if (document.content().get("metadata") instanceof Map<?, ?> metadata) {
      Map<Object, Object> renamed = new LinkedHashMap<>(metadata);
      renamed.put("name", metadata.get("name") + "-copy");
      document(
          "copy",
          List.of(document, with(document, set(document.content(), List.of("metadata"), renamed))));
    }
    if (!document.cluster().isEmpty()) {
      documents.stream()
          .map(Document::cluster)
          .filter(other -> !other.isEmpty() && !other.equals(document.cluster()))
          .distinct()
          .forEach(other ->
              document("relocate:" + other, List.of(new Document(other, "", document.content()))));
    }
    if (document.content().get("apiVersion") instanceof String version && version.endsWith("/v1")) {
      change("version", List.of("apiVersion"), version + "beta1");
    }
    document
        .content()
        .forEach((field, value) -> {
          if (!field.equals("apiVersion") && !field.equals("kind")) {
            walk(List.of(field), value);
          }
        });
  }

  private void walk(List<Object> path, @Nullable Object value) {
    if (path.size() > 1) {
      add("drop", path, root -> edit(root, path, parent -> without(parent, path.getLast())));
    }
    switch (value) {
      case Map<?, ?> map -> walkMap(path, map);
      case List<?> list -> walkList(path, list);
      case Boolean flag -> change("flip", path, !flag);
      case Integer number -> changeNumber(path, number, n -> n);
      case String word -> changeWord(path, word);
      case null, default -> {}
    }
  }

  private void walkMap(List<Object> path, Map<?, ?> map) {
    if (path.size() > 1 && !map.isEmpty()) {
      change("empty", path, Map.of());
    }
    map.forEach((key, value) -> {
      if (KEYED.contains(String.valueOf(path.getLast())) && !(value instanceof Map)) {
        add("mistype-key", child(path, key), root -> set(root, path, renamed(map, key, key + "x")));
      }
      if (path.getLast().equals("source") || path.getLast().equals("operation")) {
        add("negate", child(path, key), root -> set(root, path, renamed(map, key, negated(key))));
      }
      walk(child(path, key), value);
    });
  }

  private static String negated(Object field) {
    String name = field.toString();
    return name.startsWith("not")
        ? name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4)
        : "not" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static Map<Object, Object> renamed(Map<?, ?> map, Object key, String name) {
    Map<Object, Object> renamed = new LinkedHashMap<>(map);
    renamed.put(name, renamed.remove(key));
    return renamed;
  }

  private void walkList(List<Object> path, List<?> list) {
    if (!list.isEmpty()) {
      change("empty", path, List.of());
    }
    for (int i = 0; i < list.size(); i++) {
      int at = i;
      Object item = list.get(i);
      List<Object> place = child(path, i);
      add("duplicate", place, root -> set(root, path, spliced(list, at, List.of(item, item))));
      if (i + 1 < list.size()) {
        List<Object> swapped = new ArrayList<>(list);
        swapped.set(at, list.get(at + 1));
        swapped.set(at + 1, item);
        add("swap", place, root -> set(root, path, swapped));
      }
      if (item instanceof Map<?, ?> map && map.size() > 1) {
        List<Object> parts = new ArrayList<>();
        map.forEach((key, value) -> parts.add(Map.of(key, value)));
        add("split", place, root -> set(root, path, spliced(list, at, parts)));
      }
      walk(place, item);
    }
  }

  private void changeWord(List<Object> path, String word) {
    Object field = path.getLast() instanceof Integer ? path.get(path.size() - 2) : path.getLast();
    Matcher number = NUMBER.matcher(word);
    if (number.matches()) {
      changeNumber(path, Integer.parseInt(number.group("number")), n -> n + number.group("unit"));
      return;
    }
    if (word.equals("true") || word.equals("false")) {
      change("flip", path, String.valueOf(word.equals("false")));
      return;
    }
    Set<String> others = new TreeSet<>();
    WORDS.stream().filter(words -> words.contains(word)).forEach(others::addAll);
    others.remove(word);
    others.forEach(other -> change("mode:" + other, path, other));
    if (WIDE.contains(String.valueOf(field)) && !word.equals("*")) {
      change("widen", path, field.equals("prefix") ? "/" : "*");
    }
    if (!others.isEmpty()) {
      return;
    }
    if (path.getLast().equals("namespace")) {
      change("move", path, "elsewhere");
      if (path.getFirst().equals("metadata") && !word.equals("istio-system")) {
        change("root", path, "istio-system");
      }
      return;
    }
    if (word.endsWith(DOMAIN)) {
      String service = word.substring(0, word.length() - DOMAIN.length());
      change("shorten", path, service);
      change("bare", path, service.substring(0, service.indexOf('.')));
    }
    if (field.equals("name") && path.size() > 2 && path.get(path.size() - 3).equals("ports")) {
      change("protocol", path, otherProtocol(word));
    }
    List<MatchResult> parts = WORD.matcher(word).results().toList();
    if (!parts.isEmpty()) {
      change("mistype", path, mistyped(word, parts.getFirst()));
    }
    if (parts.size() > 1) {
      change("mistype-tail", path, mistyped(word, parts.getLast()));
    }
  }

  private static String otherProtocol(String name) {
    int dash = name.indexOf('-');
    String rest = dash < 0 ? "" : name.substring(dash);
    return (name.startsWith("tcp") ? "http" : "tcp") + rest;
  }

  private static String mistyped(String word, MatchResult part) {
    return word.substring(0, part.end()) + "x" + word.substring(part.end());
  }

  private void changeNumber(List<Object> path, int number, Function<Integer, Object> written) {
    change("raise", path, written.apply(number + 1));
    if (number > 0) {
      change("lower", path, written.apply(number - 1));
    }
  }

  private void change(String operator, List<Object> path, Object value) {
    add(operator, path, root -> set(root, path, value));
  }

  private void add(String operator, List<Object> path, UnaryOperator<Map<String, Object>> edit) {
    Document document = documents.get(current);
    made.add(
        new Mutation(
            operator,
            document.label(),
            written(path),
            replaced(List.of(with(document, edit.apply(document.content()))))));
  }

  private void document(String operator, List<Document> instead) {
    made.add(new Mutation(operator, documents.get(current).label(), "-", replaced(instead)));
  }

  private static Document with(Document document, Map<String, Object> content) {
    return new Document(document.cluster(), document.file(), content);
  }

  private List<Document> replaced(List<Document> instead) {
    List<Document> all = new ArrayList<>(documents.subList(0, current));
    all.addAll(instead);
    all.addAll(documents.subList(current + 1, documents.size()));
    return List.copyOf(all);
  }

  private static List<Object> child(List<Object> path, Object segment) {
    List<Object> child = new ArrayList<>(path);
    child.add(segment);
    return List.copyOf(child);
  }

  private static List<Object> spliced(List<?> list, int at, List<?> instead) {
    List<Object> spliced = new ArrayList<>(list.subList(0, at));
    spliced.addAll(instead);
    spliced.addAll(list.subList(at + 1, list.size()));
    return spliced;
  }

  private static Map<String, Object> set(
      Map<String, Object> root, List<Object> path, Object value) {
    return edit(root, path, parent -> put(parent, path.getLast(), value));
  }

  /** The tree with the parent of a place changed; what isn't changed is shared. */
  @SuppressWarnings("unchecked") // the root is a mapping, and so is what it is copied to
  private static Map<String, Object> edit(
      Map<String, Object> root, List<Object> path, UnaryOperator<Object> parent) {
    return (Map<String, Object>) descend(root, path, 0, parent);
  }

  private static Object descend(
      Object node, List<Object> path, int depth, UnaryOperator<Object> parent) {
    if (depth == path.size() - 1) {
      return parent.apply(node);
    }
    Object segment = path.get(depth);
    Object below =
        segment instanceof Integer i ? ((List<?>) node).get(i) : ((Map<?, ?>) node).get(segment);
    return put(node, segment, descend(Objects.requireNonNull(below), path, depth + 1, parent));
  }

  private static Object put(Object parent, Object segment, Object value) {
    return copied(
        parent, map -> map.put(segment, value), list -> list.set((Integer) segment, value));
  }

  private static Object without(Object parent, Object segment) {
    return copied(
        parent, map -> map.remove(segment), list -> list.remove(((Integer) segment).intValue()));
  }

  private static Object copied(
      Object node, Consumer<Map<Object, Object>> onMap, Consumer<List<Object>> onList) {
    if (node instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>(map);
      onMap.accept(copy);
      return copy;
    }
    List<Object> copy = new ArrayList<>((List<?>) node);
    onList.accept(copy);
    return copy;
  }

  private static String written(List<Object> path) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, path.size())
        .forEach(i -> {
          Object segment = path.get(i);
          if (segment instanceof Integer) {
            text.append('[').append(segment).append(']');
          } else if (WORD.matcher(segment.toString()).matches()) {
            text.append(i == 0 ? "" : ".").append(segment);
          } else {
            text.append("[\"").append(segment).append("\"]");
          }
        });
    return text.toString();
  }
}

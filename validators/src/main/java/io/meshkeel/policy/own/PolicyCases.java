package io.meshkeel.policy.own;

import io.meshkeel.declaration.PositionedYaml;
import io.meshkeel.model.ClosestName;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import io.meshkeel.policy.PolicyError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code policies/**}{@code /*_cases.yaml}: documents that a rule must find something in, and
 * documents in which it must not. Not thread-safe.
 */
public final class PolicyCases {
  /** 1,000 cases of a repository. */
  static final int MAX_CASES = 1_000;

  /** 1 MiB a file. */
  static final int MAX_FILE_BYTES = 1 << 20;

  private static final Set<String> FIELDS = Set.of("rule", "bad", "good");
  private static final Set<String> OF_CASE =
      Set.of("name", "documents", "before", "inventory", "params", "at", "message");

  private final List<PolicyCase> cases = new ArrayList<>();
  private final List<Finding> problems = new ArrayList<>();

  private PolicyCases() {}

  /**
   * Reads all of a revision.
   *
   * @throws IOException if a file can't be read
   */
  public static PolicyCases read(Snapshot snapshot) throws IOException {
    PolicyCases read = new PolicyCases();
    for (SourceFile file : snapshot.files()) {
      if (file.path().startsWith("policies/") && file.path().endsWith("_cases.yaml")) {
        if (file.size() > MAX_FILE_BYTES) {
          throw new IOException(
              "%s has %,d bytes, more than %,d. Fix: split it"
                  .formatted(file.path(), file.size(), MAX_FILE_BYTES));
        }
        read.file(PositionedYaml.read(file.path(), snapshot.content(file)));
      }
    }
    return read;
  }

  /** In the order of files and of their lines. */
  public List<PolicyCase> cases() {
    return List.copyOf(cases);
  }

  /** What is wrong with them. */
  public List<Finding> problems() {
    return List.copyOf(problems);
  }

  private void file(PositionedYaml yaml) {
    problems.addAll(yaml.problems());
    Map<String, Object> root = yaml.root();
    known(yaml, root, JsonPath.ROOT, FIELDS);
    String rule = JsonTree.string(root, "rule", "");
    if (rule.isEmpty()) {
      problem(yaml, JsonPath.of("rule"), "'rule' is missing", "name the id of a rule");
    }
    list(yaml, rule, root, "bad");
    list(yaml, rule, root, "good");
  }

  private void list(PositionedYaml yaml, String rule, Map<String, Object> root, String field) {
    if (!(root.getOrDefault(field, List.of()) instanceof List<?> list)) {
      problem(yaml, JsonPath.of(field), "'" + field + "' is no list", "write a list of cases");
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      JsonPath at = JsonPath.of(field, i);
      Map<String, Object> one = map(yaml, list.get(i), at);
      known(yaml, one, at, OF_CASE);
      if (cases.size() == MAX_CASES) {
        problem(yaml, at, "there are more than " + MAX_CASES + " cases", "write fewer");
        return;
      }
      cases.add(
          new PolicyCase(
              rule,
              JsonTree.string(one, "name", field + " " + (i + 1)),
              field.equals("bad"),
              objects(yaml, one.get("documents"), at.field("documents")),
              one.containsKey("before")
                  ? Optional.of(objects(yaml, one.get("before"), at.field("before")))
                  : Optional.empty(),
              inventory(yaml, one, at.field("inventory")),
              map(yaml, one.get("params"), at.field("params")),
              paths(yaml, one.get("at"), at.field("at")),
              JsonTree.string(one, "message", ""),
              yaml.position(at)));
    }
  }

  private Map<String, List<Map<String, Object>>> inventory(
      PositionedYaml yaml, Map<String, Object> one, JsonPath at) {
    Map<String, List<Map<String, Object>>> clusters = new TreeMap<>();
    map(yaml, one.get("inventory"), at)
        .forEach((cluster, objects) -> {
          try {
            clusters.put(
                new ClusterName(cluster).value(), objects(yaml, objects, at.field(cluster)));
          } catch (IllegalArgumentException e) {
            problem(
                yaml, at.field(cluster), String.valueOf(e.getMessage()), "write a cluster's name");
          }
        });
    return clusters;
  }

  private List<Map<String, Object>> objects(
      PositionedYaml yaml, @Nullable Object value, JsonPath at) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      problem(yaml, at, "'" + at + "' is no list", "write a list of Kubernetes objects");
      return List.of();
    }
    List<Map<String, Object>> objects = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      objects.add(map(yaml, list.get(i), at.index(i)));
    }
    return objects;
  }

  private List<String> paths(PositionedYaml yaml, @Nullable Object value, JsonPath at) {
    if (value instanceof String path) {
      return List.of(path);
    }
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    if (value != null) {
      problem(yaml, at, "'" + at + "' is no path", "write spec.http[0], or a list of such");
    }
    return List.of();
  }

  @SuppressWarnings("unchecked") // keys are strings by the contract of PositionedYaml
  private Map<String, Object> map(PositionedYaml yaml, @Nullable Object value, JsonPath at) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    if (value != null) {
      problem(yaml, at, "'" + at + "' is no map", "write a map");
    }
    return Map.of();
  }

  private void known(
      PositionedYaml yaml, Map<String, Object> map, JsonPath at, Set<String> fields) {
    for (String field : new TreeSet<>(map.keySet())) {
      if (!fields.contains(field)) {
        problem(
            yaml,
            at.field(field),
            "there is no field '" + field + "'" + ClosestName.hint(field, fields),
            "use one of " + String.join(", ", new TreeSet<>(fields)));
      }
    }
  }

  private void problem(PositionedYaml yaml, JsonPath at, String message, String remediation) {
    problems.add(
        new Finding(
            PolicyError.CASE.id(),
            Severity.ERROR,
            message,
            null,
            null,
            at,
            yaml.position(at),
            remediation));
  }
}

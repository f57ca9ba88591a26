package io.meshkeel.policy;

import io.meshkeel.declaration.InventoryReader;
import io.meshkeel.declaration.InventoryReading;
import io.meshkeel.model.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * The example of one rule, {@code examples/<rule>.yaml}: what its page shows, and what mutations
 * start from. {@code bad} and {@code good} are two states of a mesh, {@code both} is what they have
 * in common; each may have {@code objects} (documents of the repository), {@code files} (more files
 * of the mesh, by name) and {@code clusters} (documents of what clusters hold, by cluster).
 *
 * @param rule id, in upper case
 * @param both what the two states have in common
 * @param bad what the rule finds
 * @param good what is put right
 * @param oracle which changes of the good state are mistakes of this rule's kind
 */
record RuleExample(String rule, State both, State bad, State good, MutationOracle oracle) {
  private static final Path FOLDER = Path.of("src/test/resources/io/meshkeel/policy/examples");

  /** Documents as text. */
  record State(
      String objects, SortedMap<String, String> files, SortedMap<String, String> clusters) {
    static State of(@Nullable Object given) {
      Map<?, ?> map = given instanceof Map<?, ?> m ? m : Map.of();
      Object objects = map.get("objects");
      return new State(
          objects == null ? "" : objects.toString(),
          texts(map.get("files")),
          texts(map.get("clusters")));
    }

    private static SortedMap<String, String> texts(@Nullable Object given) {
      SortedMap<String, String> texts = new TreeMap<>();
      if (given instanceof Map<?, ?> map) {
        map.forEach((name, text) -> texts.put(name.toString(), text.toString()));
      }
      return texts;
    }

    boolean isEmpty() {
      return objects.isBlank() && files.isEmpty() && clusters.isEmpty();
    }

    private String markdown() {
      if (isEmpty()) {
        return "Nothing more than what is below.\n\n";
      }
      StringBuilder text = new StringBuilder();
      if (!objects.isBlank()) {
        text.append(fenced(objects));
      }
      files.forEach((file, content) ->
          text.append("In `").append(file).append("`:\n\n").append(fenced(content)));
      clusters.forEach((cluster, held) ->
          text.append(
                  cluster.equals("edges")
                      ? "Traffic that was observed:"
                      : "Cluster " + cluster + " holds:")
              .append("\n\n")
              .append(fenced(held)));
      return text.toString();
    }

    private static String fenced(String yaml) {
      return "```yaml\n" + yaml.stripTrailing() + "\n```\n\n";
    }

    /** The documents of both, those of this one first. */
    State with(State other) {
      return new State(
          join(objects, other.objects), join(files, other.files), join(clusters, other.clusters));
    }

    private static SortedMap<String, String> join(
        SortedMap<String, String> one, SortedMap<String, String> other) {
      SortedMap<String, String> joined = new TreeMap<>(one);
      other.forEach((name, text) -> joined.merge(name, text, State::join));
      return joined;
    }

    private static String join(String one, String other) {
      return one.isBlank() ? other : other.isBlank() ? one : one + "---\n" + other;
    }

    /** The repository of this state: a mesh of one cluster, and what the state has. */
    TestingRepository repository() {
      TestingRepository repository = new TestingRepository();
      files.forEach(repository::put);
      if (!objects.isBlank()) {
        repository.put("objects.yaml", objects);
      }
      return repository;
    }

    /** What the clusters hold; nothing where the state has none. */
    Evidence evidence() {
      return evidenceOf(clusters);
    }

    /** Reads files of a snapshot that was written by hand. */
    static Evidence evidenceOf(Map<String, String> clusters) {
      if (clusters.isEmpty()) {
        return Evidence.NONE;
      }
      Map<String, byte[]> files = new TreeMap<>();
      clusters.forEach(
          (name, text) -> files.put(name + ".yaml", text.getBytes(StandardCharsets.UTF_8)));
      InventoryReading reading = InventoryReader.read(files);
      if (!reading.problems().isEmpty()) {
        throw new IllegalArgumentException(reading.problems().toString());
      }
      return new Evidence(reading.inventory(), reading.traffic(), reading.index().isPresent());
    }
  }

  /** All examples, in the order of the rules' keys. */
  static List<RuleExample> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(RuleExample::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The examples by the id of their rule. */
  static SortedMap<String, RuleExample> byRule() {
    return all().stream()
        .collect(Collectors.toMap(RuleExample::rule, e -> e, (a, b) -> a, TreeMap::new));
  }

  private static RuleExample read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Map<String, Object> read = new Yaml().load(in);
      return new RuleExample(
          file.getFileName().toString().replace(".yaml", "").toUpperCase(Locale.ROOT),
          State.of(read.get("both")),
          State.of(read.get("bad")),
          State.of(read.get("good")),
          MutationOracle.of(read));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  State wrong() {
    return bad.with(both);
  }

  State right() {
    return good.with(both);
  }

  /** How the page of the rule shows it. */
  String markdown() {
    return "Bad:\n\n"
        + bad.markdown()
        + "Good:\n\n"
        + good.markdown()
        + (both.isEmpty() ? "" : "Beside either of them:\n\n" + both.markdown());
  }

  @Override
  public String toString() {
    return rule;
  }
}

package io.meshkeel.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.policy.RuleExample.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/**
 * One change of a state.
 *
 * @param operator what was done
 * @param document {@code Kind/name} in the repository, {@code cluster:Kind/name} in a cluster
 * @param path where
 * @param documents the state afterwards
 */
record Mutation(String operator, String document, String path, List<Document> documents) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A document of a state.
   *
   * @param cluster the cluster that holds it; empty in the repository
   * @param file the file of the repository
   */
  record Document(String cluster, String file, Map<String, Object> content) {
    String label() {
      return (cluster.isEmpty() ? "" : cluster + ":")
          + content.get("kind")
          + (content.get("metadata") instanceof Map<?, ?> metadata && metadata.get("name") != null
              ? "/" + metadata.get("name")
              : "");
    }
  }

  /** Operator, document and path: what an oracle's pattern is held against. */
  String name() {
    return operator + " " + document + " " + path;
  }

  /** The documents of a state, one by one. */
  static List<Document> documents(State state) {
    List<Document> documents = new ArrayList<>();
    read(documents, "", "objects.yaml", state.objects());
    state.files().forEach((file, text) -> read(documents, "", file, text));
    state.clusters().forEach((cluster, text) -> read(documents, cluster, "", text));
    return List.copyOf(documents);
  }

  @SuppressWarnings("unchecked") // a document is a mapping
  private static void read(List<Document> into, String cluster, String file, String text) {
    for (Object document : new Yaml().loadAll(text)) {
      if (document != null) {
        into.add(new Document(cluster, file, (Map<String, Object>) document));
      }
    }
  }

  /** The state afterwards. */
  State state() {
    SortedMap<String, List<Document>> files = new TreeMap<>();
    SortedMap<String, List<Document>> clusters = new TreeMap<>();
    for (Document document : documents) {
      (document.cluster().isEmpty()
              ? files.computeIfAbsent(document.file(), f -> new ArrayList<>())
              : clusters.computeIfAbsent(document.cluster(), c -> new ArrayList<>()))
          .add(document);
    }
    return new State("", texts(files), texts(clusters));
  }

  private static SortedMap<String, String> texts(SortedMap<String, List<Document>> files) {
    SortedMap<String, String> texts = new TreeMap<>();
    files.forEach((name, list) ->
        texts.put(name, list.stream().map(Mutation::json).collect(Collectors.joining("\n---\n"))));
    return texts;
  }

  /** JSON is YAML. */
  private static String json(Document document) {
    try {
      return JSON.writeValueAsString(document.content());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return name();
  }
}

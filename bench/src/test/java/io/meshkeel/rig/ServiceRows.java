package io.meshkeel.rig;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshkeel.app.Meshkeel;
import io.meshkeel.view.Modules;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of {@code meshkeel get}: from a running service, and from a snapshot. */
final class ServiceRows {
  /** What only a running service can tell: how it stands with a cluster, and what it judged. */
  private static final Map<String, Set<String>> OF_THE_SERVICE =
      Map.of(
          "clusters", Set.of("state", "revision", "problem", "connectedSince", "heardAt"),
          "overview", Set.of("revisions", "errors", "warnings", "infos"),
          "config", Set.of("commit", "findings"));

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ServiceRows() {}

  /**
   * Fails unless each module has rows, and the same both ways.
   *
   * @param service its base address
   * @param clusters name and kubeconfig of each, with {@code =} between
   * @param prometheus name of a cluster and the address of its Prometheus, in the same way
   * @param istiod the same of its istiod
   * @param repository what is declared
   * @param snapshot a folder for the snapshot that is taken
   */
  static void assertAsSnapshot(
      URI service,
      List<String> clusters,
      String prometheus,
      String istiod,
      Path repository,
      Path snapshot) {
    List<String> taking = new ArrayList<>(List.of("snapshot", "--out", snapshot.toString()));
    clusters.forEach(cluster -> taking.addAll(List.of("--cluster", cluster)));
    taking.addAll(List.of("--prometheus", prometheus, "--istiod", istiod));
    run(taking.toArray(String[]::new));
    for (String module : Modules.names()) {
      List<String> told = rows(module, "--url", service.toString());
      assertThat(told)
          .as(module)
          .isNotEmpty()
          .isEqualTo(
              rows(module, "--snapshot", snapshot.toString(), "--repo", repository.toString()));
    }
  }

  /** The rows of a module, what only a service knows left out. */
  static List<String> rows(String module, String... from) {
    List<String> arguments = new ArrayList<>(List.of("get", module, "-o", "json"));
    arguments.addAll(List.of(from));
    List<String> rows = new ArrayList<>();
    try {
      for (var row : MAPPER.readTree(run(arguments.toArray(String[]::new))).path("rows")) {
        ((ObjectNode) row).remove(OF_THE_SERVICE.getOrDefault(module, Set.of()));
        rows.add(row.toString());
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
    return rows;
  }

  /** What a command prints; fails if it does. */
  static String run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Meshkeel.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    assertThat(code).as(err.toString()).isZero();
    return out.toString();
  }
}

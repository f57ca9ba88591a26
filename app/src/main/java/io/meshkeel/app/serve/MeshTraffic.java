package io.meshkeel.app.serve;

import io.meshkeel.app.http.TrafficLookup;
import io.meshkeel.live.PrometheusServer;
import io.meshkeel.live.PrometheusSource;
import io.meshkeel.live.PrometheusSource.Part;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Mesh;
import io.meshkeel.model.Traffic;
import io.meshkeel.view.Module;
import io.meshkeel.view.Scene;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Traffic of declared meshes, asked when somebody wants to see it. Any thread; blocks. */
final class MeshTraffic implements TrafficLookup, AutoCloseable {
  private static final Set<Part> EDGES = Set.of(Part.VOLUME, Part.LATENCY);
  private static final Set<Part> METRICS = Set.of(Part.VOLUME, Part.SERVED, Part.CONTROL_PLANES);

  /** A changed declaration is another question. */
  private record Question(String mesh, List<Mesh.Prometheus> servers, Set<Part> parts) {}

  private final PrometheusSource source;
  private final Function<String, PrometheusServer.Credential> credentials;
  private final KeptAnswers<Question, Traffic> answers;

  /**
   * @param source asks; closed with this
   * @param credentials by the names that declarations use
   */
  MeshTraffic(
      PrometheusSource source,
      Function<String, PrometheusServer.Credential> credentials,
      Clock clock) {
    this.source = source;
    this.credentials = credentials;
    this.answers = new KeptAnswers<>("traffic", clock, this::answer);
  }

  @Override
  public List<Scene> observed(Module<?> module, Module.Filter filter, List<Scene> scenes) {
    Set<Part> parts = module.name().equals("metrics") ? METRICS : EDGES;
    return answers.answered(
        filter,
        scenes,
        scene -> question(scene, parts),
        (scene, traffic) -> scene.with(Optional.of(traffic)));
  }

  private static Optional<Question> question(Scene scene, Set<Part> parts) {
    List<Mesh.Prometheus> servers = scene.spec().observability().prometheus();
    return servers.isEmpty()
        ? Optional.empty()
        : Optional.of(new Question(scene.mesh(), servers, parts));
  }

  private Traffic answer(Question question, Instant now) throws InterruptedException {
    List<PrometheusServer> servers =
        question.servers().stream()
            .map(one ->
                new PrometheusServer(
                    one.cluster().map(ClusterName::value).orElse(""),
                    URI.create(one.url()),
                    one.credential().map(credentials).orElse(PrometheusServer.Credential.NONE)))
            .toList();
    return source
        .ask(servers, question.parts(), now.truncatedTo(ChronoUnit.SECONDS).toString())
        .traffic();
  }

  @Override
  public void close() {
    source.close();
  }
}

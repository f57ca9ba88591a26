package io.meshkeel.app.serve;

import io.meshkeel.app.http.TrafficLookup;
import io.meshkeel.live.IstiodServer;
import io.meshkeel.live.IstiodSource;
import io.meshkeel.live.PrometheusServer;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.MeshCluster;
import io.meshkeel.model.ProxySync;
import io.meshkeel.view.Module;
import io.meshkeel.view.Scene;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the declared istiods say of the proxies that are connected to them, asked when somebody
 * wants to see it. Any thread; blocks.
 */
final class MeshProxies implements TrafficLookup, AutoCloseable {
  /** A changed declaration is another question. */
  private record Question(String mesh, List<Declared> istiods) {}

  private record Declared(ClusterName cluster, MeshCluster.Istiod istiod) {}

  private final IstiodSource source;
  private final Function<String, PrometheusServer.Credential> credentials;
  private final KeptAnswers<Question, ProxySync> answers;

  /**
   * @param source asks; closed with this
   * @param credentials by the names that declarations use
   */
  MeshProxies(
      IstiodSource source, Function<String, PrometheusServer.Credential> credentials, Clock clock) {
    this.source = source;
    this.credentials = credentials;
    this.answers = new KeptAnswers<>("proxies", clock, this::answer);
  }

  @Override
  public List<Scene> observed(Module<?> module, Module.Filter filter, List<Scene> scenes) {
    return answers.answered(filter, scenes, MeshProxies::question, Scene::with);
  }

  private static Optional<Question> question(Scene scene) {
    List<Declared> istiods =
        scene.istiods().stream()
            .flatMap(cluster ->
                cluster.istiod().stream().map(istiod -> new Declared(cluster.name(), istiod)))
            .toList();
    return istiods.isEmpty() ? Optional.empty() : Optional.of(new Question(scene.mesh(), istiods));
  }

  private ProxySync answer(Question question, Instant now) throws InterruptedException {
    return source.ask(
        question.istiods().stream()
            .map(one ->
                new IstiodServer(
                    one.cluster(),
                    URI.create(one.istiod().url()),
                    one.istiod()
                        .credential()
                        .map(credentials)
                        .orElse(PrometheusServer.Credential.NONE)))
            .toList());
  }

  @Override
  public void close() {
    source.close();
  }
}

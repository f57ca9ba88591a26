package io.meshkeel.testbed;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** The Docker engine of this machine, where there is one. */
final class DockerEngine {
  /** How long the pull of one image may take. */
  static final Duration PULL_TIMEOUT = Duration.ofSeconds(90);

  /** How long Testcontainers may take to say whether it can use the engine. */
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(DockerEngine.class);

  private static @Nullable Boolean answer;

  private DockerEngine() {}

  /**
   * Whether a Docker engine answers whose containers can use this machine's loopback: on Linux
   * only. Without a socket nobody is asked. Answered once.
   */
  static synchronized boolean answers() {
    if (answer == null) {
      answer = linux() && socket() && ask();
    }
    return answer;
  }

  /**
   * Copies one file out of an image, which is pulled if it isn't there.
   *
   * @throws IOException if the image or the file can't be had
   */
  static void copy(String image, String file, Path target)
      throws IOException, InterruptedException {
    DockerClient client = DockerClientFactory.lazyClient();
    try {
      if (client.listImagesCmd().withImageNameFilter(image).exec().isEmpty()
          && !client
              .pullImageCmd(image)
              .start()
              .awaitCompletion(PULL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "the image " + image + " was not pulled after " + Progress.time(PULL_TIMEOUT));
      }
      String container = client.createContainerCmd(image).withCmd("none").exec().getId();
      try (InputStream answer = client.copyArchiveFromContainerCmd(container, file).exec();
          TarArchiveInputStream tar = new TarArchiveInputStream(answer)) {
        if (tar.getNextEntry() == null) {
          throw new IOException("the image " + image + " has no file " + file);
        }
        Files.copy(tar, target);
      } finally {
        client.removeContainerCmd(container).withForce(true).exec();
      }
    } catch (DockerException e) {
      throw new IOException("the image " + image + " can't be used: " + e.getMessage(), e);
    }
  }

  private static boolean linux() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
  }

  private static boolean socket() {
    String home = System.getProperty("user.home");
    return System.getenv("DOCKER_HOST") != null
        || Stream.of("/var/run/docker.sock", home + "/.docker/run/docker.sock")
            .anyMatch(path -> Files.exists(Path.of(path)));
  }

  private static boolean ask() {
    FutureTask<Boolean> question =
        new FutureTask<>(() -> DockerClientFactory.instance().isDockerAvailable());
    Thread.ofPlatform().daemon().name("docker-engine").start(question);
    try {
      return question.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      LOG.warn("the Docker engine of this machine can't be used: {}", e.getMessage());
    } catch (TimeoutException e) {
      LOG.warn("Testcontainers can't use this machine's Docker engine: {} passed", ANSWER_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}

package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are shell scripts. */
class ServerProcessTest {
  private static final Duration LONG = Patience.LIMIT;
  @TempDir Path folder;

  private ServerProcess start(String script) throws IOException {
    return ServerProcess.start("server", List.of("/bin/sh", "-c", script), Map.of(), folder);
  }

  @Test
  void itIsReadyWhenTheProbeSaysSo() throws Exception {
    Path ready = folder.resolve("ready");
    try (ServerProcess process = start("echo up > " + ready + "; exec sleep 60")) {
      process.awaitReady(LONG, () -> Files.exists(ready));

      assertThat(process.alive()).isTrue();
    }
  }

  @Test
  void aProbeThatCannotConnectMeansNotYet() throws Exception {
    List<String> asked = new ArrayList<>();
    try (ServerProcess process = start("exec sleep 60")) {
      process.awaitReady(
          LONG,
          () -> {
            asked.add("asked");
            if (asked.size() < 3) {
              throw new IOException("connection refused");
            }
            return true;
          });
    }
    assertThat(asked).hasSize(3);
  }

  @Test
  void aServerThatEndsBeforeItIsReadyShowsItsLog() throws Exception {
    ServerProcess process = start("echo 'unknown flag: --bad' >&2; exit 7");

    assertThatThrownBy(() -> process.awaitReady(LONG, () -> false))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("server")
        .hasMessageContaining("exit code 7")
        .hasMessageContaining("unknown flag: --bad");
  }

  @Test
  void aServerThatIsNotReadyInTimeIsEndedAndShowsItsLog() throws Exception {
    Path said = folder.resolve("said");
    ServerProcess process = start("echo 'still loading'; echo up > " + said + "; exec sleep 60");
    process.awaitReady(LONG, () -> Files.exists(said));

    assertThatThrownBy(() -> process.awaitReady(Duration.ofMillis(400), () -> false))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("not ready")
        .hasMessageContaining("still loading");
    assertThat(process.alive()).isFalse();
  }

  @Test
  void aServerThatLostItsPortIsStartedOnAnother() {
    List<Integer> tried = new ArrayList<>();

    String started =
        ServerProcess.onFreePorts(
            1,
            ports -> {
              tried.add(ports[0]);
              if (tried.size() < 3) {
                start("echo 'listen tcp: bind: address already in use'; exit 1")
                    .awaitReady(LONG, () -> false);
              }
              return "started";
            });

    assertThat(started).isEqualTo("started");
    assertThat(tried).hasSize(3);
  }

  @Test
  void aPortThatIsAlwaysTakenIsAnErrorInTheEnd() {
    assertThatThrownBy(() ->
            ServerProcess.onFreePorts(
                1,
                ports -> {
                  throw new ServerProcess.PortTaken("address already in use");
                }))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("address already in use");
  }

  @Test
  void itEndsWhenItIsAskedTo() throws Exception {
    Path farewell = folder.resolve("farewell");
    Path ready = folder.resolve("ready");
    ServerProcess process =
        start(
            "trap 'echo bye > "
                + farewell
                + "; exit 0' TERM; echo up > "
                + ready
                + "; while :; do sleep 0.05; done");
    process.awaitReady(LONG, () -> Files.exists(ready));

    process.close();

    assertThat(farewell).hasContent("bye");
    assertThat(process.alive()).isFalse();
  }

  @Test
  void aKilledServerIsGoneWhenTheCallReturns() throws Exception {
    ServerProcess process = start("trap '' TERM; exec sleep 60");

    process.kill();

    assertThat(process.alive()).isFalse();
    process.kill();
  }

  @Test
  void portsOfOneServerDifferAndAreNoneThatClientsGet() throws IOException {
    assertThat(FreePorts.find(5))
        .hasSize(5)
        .doesNotHaveDuplicates()
        .satisfies(ports ->
            assertThat(Arrays.stream(ports))
                .allMatch(port -> port >= FreePorts.LOWEST && port < FreePorts.BOUND));
  }
}

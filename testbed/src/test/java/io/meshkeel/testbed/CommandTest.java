package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
  @TempDir Path folder;

  private Command.Result run(String script, Duration limit) throws Exception {
    return Command.run(List.of("/bin/sh", "-c", script), folder, Map.of("WORD", "here"), limit);
  }

  @Test
  void bothStreamsAreKeptInOrder() throws Exception {
    Command.Result result = run("echo $WORD; echo there >&2", Patience.LIMIT);

    assertThat(result).isEqualTo(new Command.Result(0, "here\nthere\n"));
  }

  @Test
  void aFailureSaysWhatFailedAndWhatWasWritten() throws Exception {
    Command.Result result = run("echo broken; exit 3", Patience.LIMIT);

    assertThatThrownBy(() -> result.orFail("the thing"))
        .isInstanceOf(TestbedException.class)
        .hasMessage("the thing failed with exit code 3:\nbroken\n");
  }

  @Test
  void aCommandThatTakesTooLongIsEnded() {
    assertThatThrownBy(() -> run("echo begun; exec sleep 60", Duration.ofSeconds(3)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not done")
        .hasMessageContaining("begun");
  }

  @Test
  void onlyTheEndOfALongLogIsShown() throws IOException {
    Path log = folder.resolve("log");
    Files.writeString(
        log,
        IntStream.rangeClosed(1, 10_000)
            .mapToObj(number -> "line " + number)
            .collect(Collectors.joining("\n")));

    assertThat(LogFile.tail(log).lines())
        .hasSize(LogFile.TAIL_LINES)
        .last()
        .isEqualTo("line 10000");
  }

  @Test
  void aLogThatCannotBeReadSaysSo() {
    assertThat(LogFile.tail(folder.resolve("none"))).contains("none").contains("can't be read");
  }

  @Test
  void timesAreWrittenAsPeopleReadThem() {
    assertThat(Progress.time(Duration.ofSeconds(45))).isEqualTo("45 s");
    assertThat(Progress.time(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
  }
}

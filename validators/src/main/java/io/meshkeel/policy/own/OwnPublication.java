package io.meshkeel.policy.own;

import io.meshkeel.policy.Publication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The rules of one revision, what they may import, and the program that asks them.
 *
 * @param book the rules
 * @param library files that rules may import
 */
record OwnPublication(OwnBook book, Map<String, String> library) implements Publication {
  @Override
  public String revision() {
    return book.files().revision();
  }

  @Override
  public void publish(Path folder, String token) throws IOException {
    WorkFolder.write(folder, PolicyCompiler.OWN, book.files().files());
    WorkFolder.write(folder, PolicyCompiler.LIBRARY, library);
    WorkFolder.write(folder, PolicyCompiler.PROGRAM, Map.of("main.rego", book.program()));
    Publication.admitOnly(folder, token, "own");
  }
}

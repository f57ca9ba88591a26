package io.meshkeel.app;

import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads the folder of a command that can go on only if all of it could be read. */
final class FolderReading {
  private FolderReading() {}

  /**
   * What a folder declares.
   *
   * @param err where problems are told
   * @throws CommandException if a declaration is broken, or the folder can't be read
   */
  static Declarations read(Path folder, PrintWriter err) throws CommandException {
    Declarations declarations;
    try {
      declarations = new DeclarationReader().read(DirectorySnapshot.of(folder));
    } catch (IOException e) {
      throw CommandException.brokenInput("the folder " + folder + " can't be read: " + e);
    }
    List<Finding> problems =
        Stream.concat(
                declarations.problems().stream(),
                declarations.meshes().values().stream().flatMap(mesh -> mesh.problems().stream()))
            .sorted(Finding.ORDER)
            .toList();
    if (!problems.isEmpty()) {
      problems.forEach(problem -> err.println(problem.oneLine()));
      throw CommandException.brokenInput(
          problems.size() + " broken declarations; nothing is done until they are fixed");
    }
    return declarations;
  }
}

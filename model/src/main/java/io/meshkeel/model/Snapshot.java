package io.meshkeel.model;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The files of the repository at one revision, as far as they can hold declarations ({@code
 * meshes/}, {@code waivers/}, {@code policies/}, {@code .meshkeelignore}). A value: what it says
 * never changes. Any thread.
 */
public interface Snapshot {
  /** The commit; empty for a folder that is no commit. */
  Optional<Revision> revision();

  /** In the order of their paths, each path once. */
  List<SourceFile> files();

  /**
   * What was refused while listing (symbolic links, submodules, hostile names): each a finding of
   * its own.
   */
  List<Finding> problems();

  /**
   * The content of a file of {@link #files()}; blocks.
   *
   * @throws IOException if it can't be read, or is larger than its {@link SourceFile#size()} says
   */
  byte[] content(SourceFile file) throws IOException;
}

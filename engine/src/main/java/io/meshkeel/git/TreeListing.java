package io.meshkeel.git;

import io.meshkeel.model.Finding;
import io.meshkeel.model.SourceFile;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;

/**
 * One folder of a revision. A folder whose tree id didn't change is the same listing again, so
 * listing a revision costs what changed since the one before.
 *
 * @param path from the repository's root; empty for the root
 * @param tree the id of Git's tree
 * @param files files directly in it, by name
 * @param folders folders in it, by name
 * @param all files in it and below, in the order of paths
 * @param problems what was refused in it and below
 * @param bytes size of these files together
 */
record TreeListing(
    String path,
    ObjectId tree,
    Map<String, SourceFile> files,
    Map<String, TreeListing> folders,
    List<SourceFile> all,
    List<Finding> problems,
    long bytes) {

  /** Files in it and below. */
  int count() {
    return all.size();
  }
}

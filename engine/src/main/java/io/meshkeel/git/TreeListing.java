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
 * @param order names of files and folders in Git's order, which is the order of paths
 * @param problems what was refused directly in it
 * @param count files in it and below
 * @param bytes size of these files together
 */
record TreeListing(
    String path,
    ObjectId tree,
    Map<String, SourceFile> files,
    Map<String, TreeListing> folders,
    List<String> order,
    List<Finding> problems,
    int count,
    long bytes) {

  void collect(List<SourceFile> allFiles, List<Finding> allProblems) {
    allProblems.addAll(problems);
    for (String name : order) {
      SourceFile file = files.get(name);
      if (file != null) {
        allFiles.add(file);
      }
      TreeListing folder = folders.get(name);
      if (folder != null) {
        folder.collect(allFiles, allProblems);
      }
    }
  }
}

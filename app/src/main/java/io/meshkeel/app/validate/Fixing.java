package io.meshkeel.app.validate;

import io.meshkeel.model.Finding;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What fixes make of a folder; nothing is written yet.
 *
 * @param before what was said of the folder as it is
 * @param after what is said of it with the fixes
 * @param done findings that are put right, in the order of their places
 * @param left findings whose fix is not taken, with the reason
 * @param files the changed files, by path
 */
record Fixing(
    Validation before,
    Validation after,
    List<Finding> done,
    List<Left> left,
    Map<String, ChangedFile> files) {
  Fixing {
    done = List.copyOf(done);
    left = List.copyOf(left);
    files = new TreeMap<>(files);
  }

  /**
   * A fix that was not taken.
   *
   * @param finding what it would put right
   * @param reason why it isn't, in plain words
   */
  record Left(Finding finding, String reason) {}
}

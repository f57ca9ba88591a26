package io.meshkeel.git;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/**
 * The short name of a branch, for example {@code main}. Checked by Git's own rules, so that a name
 * from a configuration or a webhook can't reach another reference or become an option.
 *
 * @param value without {@code refs/heads/}
 */
public record BranchName(String value) {
  /** Longest name, in characters. */
  public static final int MAX_LENGTH = 200;

  /**
   * @throws IllegalArgumentException if Git doesn't allow such a branch
   */
  public BranchName {
    if (value.length() > MAX_LENGTH
        || value.startsWith("-")
        || value.startsWith("refs/")
        || value.equals(Constants.HEAD)
        || !Repository.isValidRefName(Constants.R_HEADS + value)) {
      String shown = value.length() > 40 ? value.substring(0, 40) + "…" : value;
      throw new IllegalArgumentException(
          "'" + shown + "' is not the short name of a branch: write it like 'main'");
    }
  }

  /** The full name: {@code refs/heads/main}. */
  String ref() {
    return Constants.R_HEADS + value;
  }

  @Override
  public String toString() {
    return value;
  }
}

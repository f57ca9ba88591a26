package io.meshkeel.model;

import java.util.regex.Pattern;

/**
 * A commit of the watched repository.
 *
 * @param sha the full object id: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits
 */
public record Revision(String sha) {
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException if the value is not a full object id
   */
  public Revision {
    if (!isFullId(sha)) {
      throw new IllegalArgumentException("'" + sha + "' is not a full commit id");
    }
  }

  /** Whether it is a full object id. */
  public static boolean isFullId(String text) {
    return SHA.matcher(text).matches();
  }

  /** The first 8 digits, for people. */
  public String abbreviated() {
    return sha.substring(0, 8);
  }

  @Override
  public String toString() {
    return sha;
  }
}

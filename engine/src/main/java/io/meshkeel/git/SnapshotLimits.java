package io.meshkeel.git;

/**
 * How much of a revision is listed. A revision beyond them is refused as a whole: listing a part of
 * it would look like a removal of the rest.
 *
 * @param files files below {@code meshes/}, {@code waivers/} and {@code policies/}
 * @param totalBytes size of these files together, in bytes
 * @param depth levels of folders
 */
public record SnapshotLimits(int files, long totalBytes, int depth) {
  /** Files: 100,000. */
  public static final int DEFAULT_FILES = 100_000;

  /** Bytes of all files together: 256 MiB. */
  public static final long DEFAULT_TOTAL_BYTES = 256L << 20;

  /** Levels of folders: 32. */
  public static final int DEFAULT_DEPTH = 32;

  /** What the service uses. */
  public static final SnapshotLimits DEFAULT =
      new SnapshotLimits(DEFAULT_FILES, DEFAULT_TOTAL_BYTES, DEFAULT_DEPTH);

  /**
   * @throws IllegalArgumentException if a limit isn't positive
   */
  public SnapshotLimits {
    if (files < 1 || totalBytes < 1 || depth < 1) {
      throw new IllegalArgumentException("a limit must be positive");
    }
  }
}

package io.meshkeel.declaration;

/**
 * How much a repository may hold. What is larger is refused with finding {@code D002}, never cut.
 *
 * @param fileBytes bytes of one file
 * @param totalBytes bytes of all files with declarations together
 * @param files files with declarations
 * @param lineBytes bytes of one line: the parser's time grows with its square
 * @param documents YAML documents of one file
 * @param depth levels of nesting of one document
 * @param aliases YAML aliases ({@code *name}) of one document
 * @param nodes scalars, lists and maps of one document after its aliases were replaced by what they
 *     stand for
 * @param fields keys of one map
 */
public record Limits(
    long fileBytes,
    long totalBytes,
    int files,
    int lineBytes,
    int documents,
    int depth,
    int aliases,
    int nodes,
    int fields) {
  /** Bytes of one file: 8 MiB. */
  public static final long DEFAULT_FILE_BYTES = 8L << 20;

  /** Bytes of all files together: 128 MiB. */
  public static final long DEFAULT_TOTAL_BYTES = 128L << 20;

  /** Files: 50,000. */
  public static final int DEFAULT_FILES = 50_000;

  /** Bytes of one line: 256 KiB. */
  public static final int DEFAULT_LINE_BYTES = 256 << 10;

  /** YAML documents of one file: 20,000. */
  public static final int DEFAULT_DOCUMENTS = 20_000;

  /** Levels of nesting: 64. The deepest field of Istio's and the Gateway API's kinds has 20. */
  public static final int DEFAULT_DEPTH = 64;

  /** Aliases of one document: 1,000. */
  public static final int DEFAULT_ALIASES = 1_000;

  /** Nodes of one document, aliases expanded: 100,000. */
  public static final int DEFAULT_NODES = 100_000;

  /** Keys of one map: 5,000. More would let keys of one hash slow the reader down. */
  public static final int DEFAULT_FIELDS = 5_000;

  /** What the service and the commands use. */
  public static final Limits DEFAULT =
      new Limits(
          DEFAULT_FILE_BYTES,
          DEFAULT_TOTAL_BYTES,
          DEFAULT_FILES,
          DEFAULT_LINE_BYTES,
          DEFAULT_DOCUMENTS,
          DEFAULT_DEPTH,
          DEFAULT_ALIASES,
          DEFAULT_NODES,
          DEFAULT_FIELDS);

  /**
   * @throws IllegalArgumentException if a limit is not positive
   */
  public Limits {
    if (fileBytes < 1
        || totalBytes < 1
        || files < 1
        || lineBytes < 1
        || documents < 1
        || depth < 1
        || aliases < 0
        || nodes < 1
        || fields < 1) {
      throw new IllegalArgumentException("a limit must be positive");
    }
  }
}

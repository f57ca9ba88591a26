package io.meshkeel.declaration;

import io.meshkeel.model.Declarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.PolicyFiles;
import io.meshkeel.model.PolicySettings;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a revision declares. Collects all errors: a file that can't be read hides no other,
 * and a mesh with errors no other mesh.
 *
 * <p>Remembers files by path and content, so a revision costs what changed in it: an unchanged file
 * is looked up and yields the same {@link io.meshkeel.model.Declaration} instances as before. Any
 * thread; revisions may be read at the same time.
 */
public final class DeclarationReader {
  /** Patterns of files to leave out, at the repository's root. */
  public static final String IGNORE_FILE = ".meshkeelignore";

  /** Bytes of YAML whose content is remembered, over all revisions read: 128 MiB. */
  public static final long DEFAULT_CACHE_BYTES = 128L << 20;

  private final Limits limits;
  private final FileCache cache;

  /** With {@link Limits#DEFAULT} and {@link #DEFAULT_CACHE_BYTES}. */
  public DeclarationReader() {
    this(Limits.DEFAULT, DEFAULT_CACHE_BYTES);
  }

  /**
   * @param limits how much a repository may hold
   * @param cacheBytes bytes of YAML whose content is remembered
   */
  public DeclarationReader(Limits limits, long cacheBytes) {
    this.limits = limits;
    this.cache = new FileCache(cacheBytes);
  }

  /** Blocks while files are read. Never throws because of what the repository holds. */
  public Declarations read(Snapshot snapshot) {
    List<Problem> general = new ArrayList<>(0);
    List<SourceFile> files = files(snapshot, ignoreRules(snapshot, general));
    List<Finding> ofSettings = new ArrayList<>(0);
    PolicySettings settings = settings(snapshot, ofSettings);
    PolicyFiles policies = PolicyFilesReader.read(snapshot);
    List<ParsedFile> parsed = exceeds(files, general) ? List.of() : parse(snapshot, files);
    return new TreeAssembly(
            snapshot.revision(),
            parsed,
            settings,
            ofSettings,
            policies,
            general,
            snapshot.problems())
        .result();
  }

  private PolicySettings settings(Snapshot snapshot, List<Finding> problems) {
    for (SourceFile file : snapshot.files()) {
      if (file.path().equals(SettingsReader.FILE)) {
        try {
          return SettingsReader.read(content(snapshot, file), problems);
        } catch (IOException e) {
          problems.add(unreadable(file, e).finding(null));
        }
      }
    }
    return PolicySettings.DEFAULT;
  }

  private List<SourceFile> files(Snapshot snapshot, IgnoreRules ignore) {
    List<SourceFile> files = new ArrayList<>(snapshot.files().size());
    for (SourceFile file : snapshot.files()) {
      if (holdsDeclarations(file.path()) && !ignore.ignores(file.path())) {
        files.add(file);
      }
    }
    return files;
  }

  /**
   * Whether a file at this path may hold declarations: {@code *.yaml} and {@code *.yml} below
   * {@code meshes/} and {@code waivers/}.
   */
  public static boolean holdsDeclarations(String path) {
    return (path.startsWith("meshes/") || path.startsWith("waivers/"))
        && (path.endsWith(".yaml") || path.endsWith(".yml"));
  }

  private IgnoreRules ignoreRules(Snapshot snapshot, List<Problem> problems) {
    for (SourceFile file : snapshot.files()) {
      if (file.path().equals(IGNORE_FILE)) {
        try {
          String text = SourceText.decode(content(snapshot, file));
          if (text != null) {
            return IgnoreRules.parse(text);
          }
          problems.add(
              problem(
                  DeclarationError.NOT_TEXT,
                  file,
                  "the file is no UTF-8 text",
                  "save it as UTF-8"));
        } catch (IllegalArgumentException e) {
          problems.add(
              problem(
                  DeclarationError.TOO_LARGE,
                  file,
                  "it has " + e.getMessage(),
                  "use fewer, wider patterns"));
        } catch (IOException e) {
          problems.add(unreadable(file, e));
        }
      }
    }
    return IgnoreRules.NONE;
  }

  private boolean exceeds(List<SourceFile> files, List<Problem> problems) {
    if (files.size() > limits.files()) {
      problems.add(
          problem(
              DeclarationError.TOO_LARGE,
              files.get(limits.files()),
              "there are %,d files with declarations, more than %,d"
                  .formatted(files.size(), limits.files()),
              "split the repository, or leave files out by " + IGNORE_FILE));
      return true;
    }
    long bytes = 0;
    for (SourceFile file : files) {
      bytes += file.size();
    }
    if (bytes > limits.totalBytes()) {
      problems.add(
          problem(
              DeclarationError.TOO_LARGE,
              files.getFirst(),
              "the files with declarations have %,d bytes together, more than %,d"
                  .formatted(bytes, limits.totalBytes()),
              "split the repository, or leave files out by " + IGNORE_FILE));
      return true;
    }
    return false;
  }

  private List<ParsedFile> parse(Snapshot snapshot, List<SourceFile> files) {
    FileCache.Batch batch = cache.look(files);
    List<Integer> missing = batch.missing();
    Workers.each(
        missing.size(), i -> parse(snapshot, files.get(missing.get(i)), missing.get(i), batch));
    return batch.end();
  }

  private void parse(Snapshot snapshot, SourceFile file, int index, FileCache.Batch batch) {
    if (file.size() > limits.fileBytes()) {
      Problem tooLarge =
          problem(
              DeclarationError.TOO_LARGE,
              file,
              "the file has %,d bytes, more than %,d".formatted(file.size(), limits.fileBytes()),
              "split it");
      batch.put(index, ParsedFile.broken(file, tooLarge));
      return;
    }
    try {
      batch.remember(index, FileParser.parse(file, content(snapshot, file), limits));
    } catch (IOException e) {
      batch.put(index, ParsedFile.broken(file, unreadable(file, e)));
    }
  }

  private byte[] content(Snapshot snapshot, SourceFile file) throws IOException {
    if (file.size() > limits.fileBytes()) {
      throw new IOException("it is larger than %,d bytes".formatted(limits.fileBytes()));
    }
    return snapshot.content(file);
  }

  private static Problem unreadable(SourceFile file, IOException e) {
    return problem(
        DeclarationError.UNREADABLE,
        file,
        "the file could not be read: " + e.getMessage(),
        "check that it exists and may be read");
  }

  private static Problem problem(
      DeclarationError error, SourceFile file, String message, String remediation) {
    SourcePosition start = new SourcePosition(file.path(), 1, 1, false);
    return new Problem(error, message, remediation, 0, JsonPath.ROOT, start, null);
  }

  /** The number of files that are remembered; for tests. */
  int remembered() {
    return cache.size();
  }

  /** The order in which problems are told. */
  static List<Finding> sorted(List<Finding> findings) {
    return findings.stream().distinct().sorted(Finding.ORDER).toList();
  }
}

package io.meshkeel.declaration;

import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder as it is now, for commands that look at files and not at commits. All content is read at
 * once and kept, so that it stays what it was. Any thread.
 *
 * <p>Read are {@code *.yaml} and {@code *.yml} below {@code meshes/} and {@code waivers/}, all
 * files below {@code policies/}, and {@code .meshkeelignore}. Symbolic links are refused, not
 * followed.
 */
public final class DirectorySnapshot implements Snapshot {
  private static final List<String> FOLDERS = List.of("meshes", "policies", "waivers");

  private final List<SourceFile> files;
  private final List<Finding> problems;
  private final Map<String, byte[]> contents;

  private DirectorySnapshot(
      List<SourceFile> files, List<Finding> problems, Map<String, byte[]> contents) {
    this.files = List.copyOf(files);
    this.problems = List.copyOf(problems);
    this.contents = contents;
  }

  /**
   * Reads the folder; blocks.
   *
   * @throws IOException if it is no folder or can't be listed; a single file that can't be read is
   *     a finding
   */
  public static DirectorySnapshot of(Path root) throws IOException {
    return of(root, Limits.DEFAULT);
  }

  static DirectorySnapshot of(Path root, Limits limits) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new NotDirectoryException(root.toString());
    }
    Listing listing = new Listing(limits);
    Path ignore = root.resolve(DeclarationReader.IGNORE_FILE);
    if (Files.exists(ignore, LinkOption.NOFOLLOW_LINKS)) {
      listing.entry(DeclarationReader.IGNORE_FILE, ignore, 1);
    }
    for (String folder : FOLDERS) {
      Path path = root.resolve(folder);
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        listing.entry(folder, path, 1);
      }
    }
    return listing.read();
  }

  @Override
  public Optional<Revision> revision() {
    return Optional.empty();
  }

  @Override
  public List<SourceFile> files() {
    return files;
  }

  @Override
  public List<Finding> problems() {
    return problems;
  }

  @Override
  public byte[] content(SourceFile file) throws IOException {
    byte[] content = contents.get(file.path());
    if (content == null) {
      throw new IOException(file.path() + " was not read: it is larger than the limit");
    }
    return content;
  }

  /** Walks, then reads. */
  private static final class Listing {
    /** Folders below one another: 32. */
    private static final int MAX_FOLDERS = 32;

    private final Limits limits;
    private final List<String> paths = new ArrayList<>();
    private final List<Path> places = new ArrayList<>();
    private final List<Long> sizes = new ArrayList<>();
    private final List<Finding> problems = new ArrayList<>();
    private boolean full;

    Listing(Limits limits) {
      this.limits = limits;
    }

    void entry(String path, Path place, int depth) throws IOException {
      if (full) {
        return;
      }
      // One look at each of many files, not one for each question.
      BasicFileAttributes is;
      try {
        is = Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      } catch (NoSuchFileException e) {
        if (wanted(path)) {
          refuse(path, "was taken away while the folder was read", "read it again");
        }
        return;
      }
      if (is.isSymbolicLink()) {
        refuse(path, "is a symbolic link", "put the file or folder itself there");
      } else if (is.isDirectory()) {
        folder(path, place, depth);
      } else if (wanted(path)) {
        file(path, place, is);
      }
    }

    private void folder(String path, Path place, int depth) throws IOException {
      if (depth > MAX_FOLDERS) {
        refuse(path, "is nested more than " + MAX_FOLDERS + " folders deep", "move it up");
        return;
      }
      List<Path> entries;
      try (Stream<Path> list = Files.list(place)) {
        entries = list.toList();
      }
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\' || c == '\uFFFD')) {
          refuse(path, "holds an entry with an unsafe name", "rename it: no control characters");
        } else {
          entry(path + "/" + name, entry, depth + 1);
        }
      }
    }

    private void file(String path, Path place, BasicFileAttributes is) {
      if (!is.isRegularFile()) {
        refuse(path, "is no regular file", "remove it");
      } else if (paths.size() == limits.files()) {
        full = true;
        problem(
            DeclarationError.TOO_LARGE,
            path,
            "there are more than " + limits.files() + " files",
            "split the repository, or leave files out by " + DeclarationReader.IGNORE_FILE);
      } else {
        paths.add(path);
        places.add(place);
        sizes.add(is.size());
      }
    }

    private static boolean wanted(String path) {
      return path.endsWith(".yaml")
          || path.endsWith(".yml")
          || path.startsWith("policies/")
          || path.equals(DeclarationReader.IGNORE_FILE);
    }

    private void refuse(String path, String why, String remediation) {
      problem(DeclarationError.UNSAFE_ENTRY, path, "'" + path + "' " + why, remediation);
    }

    private void problem(DeclarationError error, String path, String message, String remediation) {
      problems.add(
          new Finding(
              error.id(),
              Severity.ERROR,
              message,
              null,
              null,
              JsonPath.ROOT,
              new SourcePosition(path, 1, 1, false),
              remediation));
    }

    DirectorySnapshot read() {
      int count = paths.size();
      @Nullable SourceFile[] read = new SourceFile[count];
      byte[][] bytes = new byte[count][];
      Workers.each(
          count,
          i -> {
            try {
              long size = sizes.get(i);
              if (size > limits.fileBytes()) {
                read[i] = new SourceFile(paths.get(i), "too large", size);
                return;
              }
              byte[] content = content(places.get(i));
              bytes[i] = content;
              read[i] = new SourceFile(paths.get(i), digest(content), content.length);
            } catch (IOException e) {
              synchronized (problems) {
                problem(
                    DeclarationError.UNREADABLE,
                    paths.get(i),
                    "the file could not be read: " + e.getMessage(),
                    "check that it exists and may be read");
              }
            }
          });
      List<SourceFile> files = new ArrayList<>(count);
      Map<String, byte[]> contents = HashMap.newHashMap(count);
      for (int i = 0; i < count; i++) {
        SourceFile file = read[i];
        if (file != null) {
          files.add(file);
          if (bytes[i] != null) {
            contents.put(file.path(), bytes[i]);
          }
        }
      }
      files.sort((a, b) -> a.path().compareTo(b.path()));
      problems.sort(Finding.ORDER);
      return new DirectorySnapshot(files, problems, contents);
    }

    /** Never more than the limit, even if the file grows meanwhile. */
    private byte[] content(Path place) throws IOException {
      try (InputStream in = Files.newInputStream(place, LinkOption.NOFOLLOW_LINKS)) {
        byte[] content = in.readNBytes((int) Math.min(limits.fileBytes() + 1, Integer.MAX_VALUE));
        if (content.length > limits.fileBytes()) {
          throw new IOException("it grew beyond the limit while it was read");
        }
        return content;
      }
    }

    private static String digest(byte[] content) {
      try {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }
}

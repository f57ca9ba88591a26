package io.meshkeel.git;

import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** Lists the part of a tree that can hold declarations, from the object database. One thread. */
final class TreeLister {
  /** The id of findings about entries that are refused, as the declaration errors list it. */
  static final String UNSAFE_ENTRY = "D027";

  private static final Set<String> ROOT_FOLDERS = Set.of("meshes", "waivers", "policies");
  private static final String IGNORE_FILE = ".meshkeelignore";

  private final ObjectReader reader;
  private final SnapshotLimits limits;

  TreeLister(ObjectReader reader, SnapshotLimits limits) {
    this.reader = reader;
    this.limits = limits;
  }

  /**
   * Lists a root tree.
   *
   * @param previous the listing of another revision; what didn't change is taken from it
   * @throws IOException if an object is missing or the tree exceeds the limits
   */
  TreeListing list(ObjectId root, @Nullable TreeListing previous) throws IOException {
    TreeListing listing = list("", root, previous, 0);
    if (listing.count() > limits.files() || listing.bytes() > limits.totalBytes()) {
      throw new IOException(
          "the revision holds %d files and %d bytes below meshes/, waivers/ and policies/; at most %d and %d are read"
              .formatted(listing.count(), listing.bytes(), limits.files(), limits.totalBytes()));
    }
    return listing;
  }

  private TreeListing list(String path, ObjectId tree, @Nullable TreeListing previous, int depth)
      throws IOException {
    if (previous != null && previous.tree().equals(tree)) {
      return previous;
    }
    if (depth > limits.depth()) {
      throw new IOException(
          "folders are nested deeper than " + limits.depth() + " levels: " + EntryName.shown(path));
    }
    Builder folder = new Builder(path, tree, previous);
    CanonicalTreeParser entries = new CanonicalTreeParser(null, reader, tree);
    for (; !entries.eof(); entries.next(1)) {
      byte[] raw = new byte[entries.getNameLength()];
      entries.getName(raw, 0);
      FileMode mode = entries.getEntryFileMode();
      if (depth == 0 && !wantedAtRoot(new String(raw, StandardCharsets.UTF_8), mode)) {
        continue;
      }
      folder.add(EntryName.of(raw), mode, entries.getEntryObjectId(), depth);
    }
    return folder.build();
  }

  private static boolean wantedAtRoot(String name, FileMode mode) {
    return ROOT_FOLDERS.contains(name)
        || (name.equals(IGNORE_FILE) && !mode.equals(FileMode.TYPE_TREE));
  }

  /** Collects the entries of one folder. */
  private final class Builder {
    private final String path;
    private final ObjectId tree;
    private final @Nullable TreeListing previous;
    private final Map<String, SourceFile> files = new HashMap<>();
    private final Map<String, TreeListing> folders = new HashMap<>();
    private final List<SourceFile> all = new ArrayList<>();
    private final List<Finding> problems = new ArrayList<>();
    private final Map<String, String> folded = new HashMap<>();
    private long bytes;

    Builder(String path, ObjectId tree, @Nullable TreeListing previous) {
      this.path = path;
      this.tree = tree;
      this.previous = previous;
    }

    void add(EntryName name, FileMode mode, ObjectId id, int depth) throws IOException {
      String full = path.isEmpty() ? name.text() : path + "/" + name.text();
      Optional<String> refusal = name.refusal().or(() -> refusal(mode)).or(() -> clash(name));
      if (refusal.isPresent()) {
        problems.add(problem(EntryName.shown(full), refusal.get()));
        return;
      }
      if (mode.equals(FileMode.TREE)) {
        TreeListing before = previous == null ? null : previous.folders().get(name.text());
        TreeListing below = list(full, id, before, depth + 1);
        folders.put(name.text(), below);
        all.addAll(below.all());
        problems.addAll(below.problems());
        bytes += below.bytes();
      } else {
        SourceFile file = file(name.text(), full, id);
        files.put(name.text(), file);
        all.add(file);
        bytes += file.size();
      }
      if (all.size() > limits.files()) {
        throw new IOException(
            "more than " + limits.files() + " files below " + (path.isEmpty() ? "/" : path));
      }
    }

    /** The same instance as before if the blob is the same: asking for a size costs a look-up. */
    private SourceFile file(String name, String full, ObjectId blob) throws IOException {
      SourceFile before = previous == null ? null : previous.files().get(name);
      return before != null && before.contentId().equals(blob.name())
          ? before
          : new SourceFile(full, blob.name(), reader.getObjectSize(blob, Constants.OBJ_BLOB));
    }

    private Optional<String> refusal(FileMode mode) {
      if (mode.equals(FileMode.SYMLINK)) {
        return Optional.of("is a symbolic link");
      }
      if (mode.equals(FileMode.GITLINK)) {
        return Optional.of("is a submodule");
      }
      return mode.equals(FileMode.TREE)
              || mode.equals(FileMode.REGULAR_FILE)
              || mode.equals(FileMode.EXECUTABLE_FILE)
          ? Optional.empty()
          : Optional.of("has an unknown file mode");
    }

    private Optional<String> clash(EntryName name) {
      String other = folded.putIfAbsent(name.text().toLowerCase(Locale.ROOT), name.text());
      return other == null
          ? Optional.empty()
          : Optional.of(
              "differs from '" + EntryName.shown(other) + "' by upper and lower case only");
    }

    private Finding problem(String file, String why) {
      return new Finding(
          UNSAFE_ENTRY,
          Severity.ERROR,
          "The entry " + why + ", which is not read",
          null,
          null,
          JsonPath.ROOT,
          new SourcePosition(file, 1, 1, false),
          "Put a plain file with a plain name in its place");
    }

    TreeListing build() {
      return new TreeListing(
          path,
          tree,
          Map.copyOf(files),
          Map.copyOf(folders),
          List.copyOf(all),
          List.copyOf(problems),
          bytes);
    }
  }
}

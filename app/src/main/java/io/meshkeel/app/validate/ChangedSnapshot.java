package io.meshkeel.app.validate;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A snapshot in which some files say something else, or came in addition. Any thread. */
public final class ChangedSnapshot implements Snapshot {
  private final Snapshot original;
  private final Map<String, byte[]> changed;
  private final List<SourceFile> files;

  /**
   * @param original the snapshot
   * @param changed what files say instead, or new ones do, by path; others are as in the original
   */
  public ChangedSnapshot(Snapshot original, Map<String, byte[]> changed) {
    this.original = original;
    this.changed = new HashMap<>(changed);
    SortedMap<String, SourceFile> listed = new TreeMap<>();
    original.files().forEach(file -> listed.put(file.path(), file));
    changed.forEach(
        (path, content) -> listed.put(path, new SourceFile(path, digest(content), content.length)));
    this.files = List.copyOf(listed.values());
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
    return original.problems();
  }

  @Override
  public byte[] content(SourceFile file) throws IOException {
    byte[] content = changed.get(file.path());
    return content == null ? original.content(file) : content;
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

package io.meshkeel.imports;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Files that are not written yet, as a revision. */
final class TextSnapshot implements Snapshot {
  private final Map<String, byte[]> content = new TreeMap<>();
  private final List<SourceFile> files = new ArrayList<>();

  TextSnapshot(Map<String, String> texts) {
    new TreeMap<>(texts)
        .forEach((path, text) -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          content.put(path, bytes);
          files.add(new SourceFile(path, "unwritten", bytes.length));
        });
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
    return List.of();
  }

  @Override
  public byte[] content(SourceFile file) throws IOException {
    byte[] bytes = content.get(file.path());
    if (bytes == null) {
      throw new IOException(file.path() + " is no file of this import");
    }
    return bytes;
  }
}

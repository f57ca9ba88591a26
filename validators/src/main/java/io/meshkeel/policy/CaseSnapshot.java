package io.meshkeel.policy;

import io.meshkeel.model.Finding;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files that exist only here.
 *
 * @param contents by path
 */
record CaseSnapshot(SortedMap<String, byte[]> contents) implements Snapshot {
  CaseSnapshot {
    contents = Collections.unmodifiableSortedMap(new TreeMap<>(contents));
  }

  @Override
  public Optional<Revision> revision() {
    return Optional.empty();
  }

  @Override
  public List<SourceFile> files() {
    return contents.entrySet().stream()
        .map(file ->
            new SourceFile(
                file.getKey(),
                Integer.toHexString(Arrays.hashCode(file.getValue())),
                file.getValue().length))
        .toList();
  }

  @Override
  public List<Finding> problems() {
    return List.of();
  }

  @Override
  public byte[] content(SourceFile file) throws IOException {
    byte[] content = contents.get(file.path());
    if (content == null) {
      throw new IOException("there is no file " + file.path());
    }
    return content;
  }
}

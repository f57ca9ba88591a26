package io.meshkeel.bench;

import io.meshkeel.bench.MeshGenerator.GeneratedFile;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Revision;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of a mesh as they are now; each write makes a file another one. One thread. */
final class MemorySnapshot {
  private record Held(SourceFile file, byte[] content) {}

  private final Map<String, Held> files = new TreeMap<>();
  private int writes;

  void write(GeneratedFile file) {
    String path = BenchMesh.FOLDER + file.path();
    byte[] content = file.text().getBytes(StandardCharsets.UTF_8);
    writes++;
    files.put(path, new Held(new SourceFile(path, "write-" + writes, content.length), content));
  }

  /** What is there now; stays what it is. */
  Snapshot take() {
    List<SourceFile> listed = new ArrayList<>(files.size());
    files.values().forEach(held -> listed.add(held.file()));
    Map<String, Held> taken = new HashMap<>(files);
    return new Snapshot() {
      @Override
      public Optional<Revision> revision() {
        return Optional.empty();
      }

      @Override
      public List<SourceFile> files() {
        return listed;
      }

      @Override
      public List<Finding> problems() {
        return List.of();
      }

      @Override
      public byte[] content(SourceFile file) throws IOException {
        Held held = taken.get(file.path());
        if (held == null) {
          throw new IOException("no file " + file.path());
        }
        return held.content();
      }
    };
  }
}

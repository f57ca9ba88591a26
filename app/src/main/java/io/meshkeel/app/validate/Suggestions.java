package io.meshkeel.app.validate;

import io.meshkeel.declaration.FileFixes;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Fix;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fixes of findings as changes of the files of one snapshot. For one thread. */
final class Suggestions {
  private final Snapshot snapshot;
  private final Map<String, SourceFile> files = new HashMap<>();
  private String lastFile = "";
  private Optional<FileFixes> last = Optional.empty();

  Suggestions(Snapshot snapshot) {
    this.snapshot = snapshot;
    snapshot.files().forEach(file -> files.put(file.path(), file));
  }

  /** Empty if nothing is certain. */
  Optional<Suggestion> of(Finding finding) {
    Fix fix = finding.fix();
    SourcePosition position = finding.position();
    if (fix == null) {
      return Optional.empty();
    }
    if (position == null) {
      return Optional.of(
          new Suggestion(fix.title(), List.of(), "it is in no file of the repository"));
    }
    FileFixes.Written written =
        file(position.file())
            .map(file -> file.show(new FileFixes.Placed(position, fix)))
            .orElseGet(() -> new FileFixes.Written(List.of(), "the file can't be read"));
    return Optional.of(new Suggestion(fix.title(), written.edits(), written.refusal()));
  }

  /** Findings come file by file, so the last one is kept. */
  private Optional<FileFixes> file(String path) {
    if (!path.equals(lastFile)) {
      lastFile = path;
      last = read(path);
    }
    return last;
  }

  private Optional<FileFixes> read(String path) {
    SourceFile file = files.get(path);
    if (file == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new FileFixes(path, snapshot.content(file)));
    } catch (IOException e) {
      // The finding is told all the same, only without the change of its text.
      return Optional.empty();
    }
  }
}

package io.meshkeel.app.http;

import io.meshkeel.report.Run;
import io.meshkeel.report.RunStore;
import java.util.List;
import java.util.Optional;

/** The stored runs as pages need them. Methods block; any thread. */
public interface Runs {
  /** The run with this id; any text may be given. */
  Optional<Run> get(String id);

  /** The newest runs, newest first. */
  List<Run> newest(int count);

  /** Those of a store. */
  static Runs of(RunStore store) {
    return new Runs() {
      @Override
      public Optional<Run> get(String id) {
        return store.get(id);
      }

      @Override
      public List<Run> newest(int count) {
        return store.newest(count).stream().map(store::get).flatMap(Optional::stream).toList();
      }
    };
  }
}

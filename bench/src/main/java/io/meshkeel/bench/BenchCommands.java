package io.meshkeel.bench;

import io.meshkeel.app.CommandProvider;
import java.util.List;

/** Brings the benchmark to the command line of a source checkout. */
public final class BenchCommands implements CommandProvider {
  @Override
  public List<Class<?>> commands() {
    return List.of(BenchCommand.class);
  }
}

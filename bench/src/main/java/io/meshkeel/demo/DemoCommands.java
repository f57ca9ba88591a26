package io.meshkeel.demo;

import io.meshkeel.app.CommandProvider;
import java.util.List;

/** Brings the demo to the command line of a source checkout. */
public final class DemoCommands implements CommandProvider {
  @Override
  public List<Class<?>> commands() {
    return List.of(DemoCommand.class);
  }
}

package io.meshkeel.app;

import java.util.List;

/**
 * Adds commands to the command line from another jar on the class path; found by {@link
 * java.util.ServiceLoader}. This is how the demo and the benchmark come in from a source checkout
 * and stay out of the distribution.
 */
public interface CommandProvider {
  /**
   * Classes with picocli's {@code @Command}, each with a constructor without parameters; a command
   * is created only when it is run or its help is asked for.
   */
  List<Class<?>> commands();
}

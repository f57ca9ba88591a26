package io.meshkeel.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether a person looks at what is written. */
public final class Terminal {
  private Terminal() {}

  /** Whether standard output is a terminal that takes colours, and nobody asked for none. */
  public static boolean coloured() {
    return isTerminal(1) && wantsColour(System.getenv());
  }

  /** After the convention of no-color.org. */
  static boolean wantsColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  /** Whether standard error is a terminal that can take a line back. */
  static boolean hasProgress() {
    return isTerminal(2) && !"dumb".equals(System.getenv("TERM"));
  }

  private static boolean isTerminal(int descriptor) {
    if (System.console() == null) {
      return false;
    }
    Path link = Path.of("/proc/self/fd/" + descriptor);
    if (!Files.isSymbolicLink(link)) {
      return System.console().isTerminal();
    }
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      // Then nobody can tell, and no colour is never wrong.
      return false;
    }
  }
}

package io.meshkeel.declaration;

import java.util.ArrayList;
import java.util.List;

/**
 * The patterns of {@code .meshkeelignore} at the repository's root: syntax and meaning of
 * gitignore(5). The last pattern that matches decides; a file can't be brought back by {@code !} if
 * a folder above it is left out. Immutable, any thread.
 */
final class IgnoreRules {
  static final IgnoreRules NONE = new IgnoreRules(List.of());

  /** Patterns that are read: 1,000. */
  static final int MAX_PATTERNS = 1_000;

  private final List<Pattern> patterns;

  private IgnoreRules(List<Pattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * @throws IllegalArgumentException if there are more than {@link #MAX_PATTERNS} patterns
   */
  static IgnoreRules parse(String text) {
    List<Pattern> patterns = new ArrayList<>();
    for (String line : text.split("\r?\n", -1)) {
      String pattern = trimmed(line);
      if (!pattern.isEmpty() && pattern.charAt(0) != '#') {
        if (patterns.size() == MAX_PATTERNS) {
          throw new IllegalArgumentException("more than " + MAX_PATTERNS + " patterns");
        }
        patterns.add(Pattern.of(pattern));
      }
    }
    return new IgnoreRules(patterns);
  }

  /** Trailing spaces count only behind a backslash. */
  private static String trimmed(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
      end--;
    }
    return line.substring(0, end);
  }

  /** Whether the file at this path from the root is left out. */
  boolean ignores(String path) {
    if (patterns.isEmpty()) {
      return false;
    }
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (ignored(path.substring(0, slash), true)) {
        return true;
      }
    }
    return ignored(path, false);
  }

  private boolean ignored(String path, boolean folder) {
    for (int i = patterns.size() - 1; i >= 0; i--) {
      Pattern pattern = patterns.get(i);
      if ((folder || !pattern.folderOnly) && pattern.matches(path)) {
        return !pattern.negated;
      }
    }
    return false;
  }

  /**
   * @param glob without the leading '!' and the slashes at its ends
   * @param anchored matched against the whole path, not the last name only
   */
  private record Pattern(String glob, boolean negated, boolean folderOnly, boolean anchored) {
    static Pattern of(String text) {
      boolean negated = text.charAt(0) == '!';
      String glob = negated ? text.substring(1) : text;
      boolean folderOnly = glob.endsWith("/");
      glob = folderOnly ? glob.substring(0, glob.length() - 1) : glob;
      boolean anchored = glob.indexOf('/') >= 0;
      glob = glob.startsWith("/") ? glob.substring(1) : glob;
      return new Pattern(glob, negated, folderOnly, anchored);
    }

    boolean matches(String path) {
      String subject = anchored ? path : path.substring(path.lastIndexOf('/') + 1);
      return new Glob(glob, subject).matches();
    }
  }
}

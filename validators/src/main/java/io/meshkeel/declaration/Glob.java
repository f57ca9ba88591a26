package io.meshkeel.declaration;

import java.util.BitSet;

/**
 * Matches one path against one pattern of gitignore(5): {@code *}, {@code ?}, {@code [a-z]}, {@code
 * **}, backslash. Remembers what failed, so no pattern takes longer than its length times the
 * path's.
 */
final class Glob {
  private final String pattern;
  private final String path;
  private final BitSet failed = new BitSet();

  Glob(String pattern, String path) {
    this.pattern = pattern;
    this.path = path;
  }

  boolean matches() {
    return !pattern.isEmpty() && matches(0, 0);
  }

  private boolean matches(int p, int s) {
    int state = p * (path.length() + 1) + s;
    if (failed.get(state)) {
      return false;
    }
    boolean matched = step(p, s);
    if (!matched) {
      failed.set(state);
    }
    return matched;
  }

  private boolean step(int p, int s) {
    if (p == pattern.length()) {
      return s == path.length();
    }
    char c = pattern.charAt(p);
    if (c == '*') {
      return star(p, s);
    }
    if (s == path.length()) {
      return false;
    }
    if (c == '?') {
      return path.charAt(s) != '/' && matches(p + 1, s + 1);
    }
    if (c == '[') {
      int end = classEnd(p);
      return end < 0
          ? path.charAt(s) == '[' && matches(p + 1, s + 1)
          : path.charAt(s) != '/' && inClass(p + 1, end, path.charAt(s)) && matches(end + 1, s + 1);
    }
    int literal = c == '\\' && p + 1 < pattern.length() ? p + 1 : p;
    return pattern.charAt(literal) == path.charAt(s) && matches(literal + 1, s + 1);
  }

  private boolean star(int p, int s) {
    boolean doubled =
        pattern.startsWith("**", p)
            && (p == 0 || pattern.charAt(p - 1) == '/')
            && (p + 2 == pattern.length() || pattern.charAt(p + 2) == '/');
    if (!doubled) {
      return matches(p + 1, s) || (s < path.length() && path.charAt(s) != '/' && matches(p, s + 1));
    }
    if (p + 2 == pattern.length()) {
      return s < path.length();
    }
    if (matches(p + 3, s)) {
      return true;
    }
    int slash = path.indexOf('/', s);
    return slash >= 0 && matches(p, slash + 1);
  }

  /** The place of the closing bracket; -1 if there is none. */
  private int classEnd(int open) {
    int at = open + 1;
    if (at < pattern.length() && (pattern.charAt(at) == '!' || pattern.charAt(at) == '^')) {
      at++;
    }
    for (int i = at + 1; i < pattern.length(); i++) {
      if (pattern.charAt(i) == ']') {
        return i;
      }
    }
    return -1;
  }

  private boolean inClass(int from, int end, char c) {
    boolean negated = pattern.charAt(from) == '!' || pattern.charAt(from) == '^';
    boolean found = false;
    for (int i = negated ? from + 1 : from; i < end; i++) {
      char low = pattern.charAt(i);
      if (low == '\\' && i + 1 < end) {
        low = pattern.charAt(++i);
      }
      char high = low;
      if (i + 2 < end && pattern.charAt(i + 1) == '-') {
        high = pattern.charAt(i + 2);
        i += 2;
      }
      found |= low <= c && c <= high;
    }
    return found != negated;
  }
}

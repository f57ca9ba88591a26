package io.meshkeel.declaration;

import java.util.BitSet;

/**
 * Matches one path against one pattern of gitignore(5): {@code *}, {@code ?}, {@code [a-z]}, {@code
 * **}, backslash. Carries the set of places of the path that the pattern may have come to, so that
 * no pattern takes longer than its length times the path's. For one thread; used once.
 */
final class Glob {
  private final String pattern;
  private final String path;
  private BitSet places = new BitSet();

  Glob(String pattern, String path) {
    this.pattern = pattern;
    this.path = path;
  }

  boolean matches() {
    if (pattern.isEmpty()) {
      return false;
    }
    places.set(0);
    int p = 0;
    while (p < pattern.length() && !places.isEmpty()) {
      p = step(p);
    }
    return places.get(path.length());
  }

  /** Takes one element of the pattern; answers where the next one begins. */
  private int step(int p) {
    char c = pattern.charAt(p);
    if (c == '*') {
      return star(p);
    }
    if (c == '?') {
      one(s -> s != '/');
      return p + 1;
    }
    int end = c == '[' ? classEnd(p) : -1;
    if (end >= 0) {
      one(s -> s != '/' && inClass(p + 1, end, s));
      return end + 1;
    }
    int literal = c == '\\' && p + 1 < pattern.length() ? p + 1 : p;
    one(s -> s == pattern.charAt(literal));
    return literal + 1;
  }

  /** One character of the path that fits. */
  private void one(Fits fits) {
    BitSet next = new BitSet(path.length() + 1);
    for (int s = places.nextSetBit(0); s >= 0 && s < path.length(); s = places.nextSetBit(s + 1)) {
      if (fits.test(path.charAt(s))) {
        next.set(s + 1);
      }
    }
    places = next;
  }

  private int star(int p) {
    boolean doubled =
        pattern.startsWith("**", p)
            && (p == 0 || pattern.charAt(p - 1) == '/')
            && (p + 2 == pattern.length() || pattern.charAt(p + 2) == '/');
    int first = places.nextSetBit(0);
    if (!doubled) {
      for (int s = first; s < path.length(); s++) {
        if (places.get(s) && path.charAt(s) != '/') {
          places.set(s + 1);
        }
      }
      return p + 1;
    }
    if (p + 2 == pattern.length()) {
      places.clear();
      if (first < path.length()) {
        places.set(path.length());
      }
      return p + 2;
    }
    for (int slash = path.indexOf('/', first); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      places.set(slash + 1);
    }
    return p + 3;
  }

  /** The place of the closing bracket; -1 if there is none. */
  private int classEnd(int open) {
    int at = open + 1;
    if (at < pattern.length() && negates(at)) {
      at++;
    }
    return pattern.indexOf(']', at + 1);
  }

  private boolean negates(int at) {
    return pattern.charAt(at) == '!' || pattern.charAt(at) == '^';
  }

  private boolean inClass(int from, int end, char c) {
    boolean negated = negates(from);
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

  private interface Fits {
    boolean test(char c);
  }
}

package io.meshkeel.forge;

import java.util.regex.Pattern;

/**
 * Which repository of a forge.
 *
 * @param owner user or organisation
 * @param name the repository's name
 */
public record RepositoryPath(String owner, String name) {
  /** What Gitea allows in both. */
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

  /**
   * @throws IllegalArgumentException if a part can't be a name
   */
  public RepositoryPath {
    for (String part : new String[] {owner, name}) {
      if (!PART.matcher(part).matches() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException("'" + part + "' can't be a name of a repository");
      }
    }
  }

  /**
   * Reads {@code owner/name}.
   *
   * @throws IllegalArgumentException if it isn't of that form
   */
  public static RepositoryPath parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("'" + text + "' is not of the form owner/name");
    }
    return new RepositoryPath(text.substring(0, slash), text.substring(slash + 1));
  }

  /** Gitea's names don't differ by case alone. */
  boolean matches(String fullName) {
    return toString().equalsIgnoreCase(fullName);
  }

  /** {@code owner/name}. */
  @Override
  public String toString() {
    return owner + "/" + name;
  }
}

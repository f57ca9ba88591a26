package io.meshkeel.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Rego of a repository's own rules, without its tests.
 *
 * @param files content by path from the repository's root, in the order of paths
 * @param problems why not all of it could be read; then none of it may be asked, and what was to be
 *     judged by it is denied
 * @param revision SHA-256 over paths and contents, in lower-case hexadecimal digits; empty if there
 *     is no file
 */
public record PolicyFiles(
    SortedMap<String, String> files, List<Finding> problems, String revision) {
  /** A repository without rules of its own. */
  public static final PolicyFiles NONE = of(Collections.emptySortedMap());

  public PolicyFiles {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    problems = List.copyOf(problems);
  }

  /** These files. */
  public static PolicyFiles of(SortedMap<String, String> files) {
    return new PolicyFiles(files, List.of(), files.isEmpty() ? "" : digest(files));
  }

  /** Files that could not be read. */
  public static PolicyFiles broken(List<Finding> problems) {
    return new PolicyFiles(Collections.emptySortedMap(), problems, "");
  }

  /** Whether the repository has no rules of its own, readable or not. */
  public boolean isEmpty() {
    return files.isEmpty() && problems.isEmpty();
  }

  private static String digest(SortedMap<String, String> files) {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    files.forEach((path, content) -> {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      sha.update((path + '\0' + bytes.length + '\0').getBytes(StandardCharsets.UTF_8));
      sha.update(bytes);
    });
    return HexFormat.of().formatHex(sha.digest());
  }
}

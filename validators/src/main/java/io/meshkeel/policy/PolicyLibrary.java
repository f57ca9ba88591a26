package io.meshkeel.policy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The Rego files that are published to OPA as one revision.
 *
 * @param files content by path, in the order of paths
 * @param revision SHA-256 over paths and contents, in lower-case hexadecimal digits
 */
record PolicyLibrary(SortedMap<String, String> files, String revision) implements Publication {
  private static final String ROOT = "io/meshkeel/policies/";
  private static final String SUFFIX = ".rego";

  PolicyLibrary {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** These files. */
  static PolicyLibrary of(SortedMap<String, String> files) {
    return new PolicyLibrary(files, digest(files));
  }

  /**
   * The library that ships with Meshkeel: resources of this jar.
   *
   * @throws PolicyException if it can't be read or is empty
   */
  static PolicyLibrary shipped() throws PolicyException {
    SortedMap<String, String> files;
    try {
      Path source = codeSource();
      files = Files.isDirectory(source) ? inFolder(source.resolve(ROOT)) : inJar(source);
    } catch (IOException | URISyntaxException e) {
      throw new PolicyException(
          "the policy library can't be read. Fix: install the distribution again", e);
    }
    if (files.isEmpty()) {
      throw new PolicyException("the policy library is empty. Fix: install the distribution again");
    }
    return of(files);
  }

  /** What rules of a repository's own may import: the packages {@code meshkeel.lib.…}. */
  Map<String, String> offered() {
    Map<String, String> offered = new TreeMap<>();
    files.forEach((path, content) -> {
      if (path.startsWith("lib/")) {
        offered.put(path, content);
      }
    });
    return offered;
  }

  private static Path codeSource() throws IOException, URISyntaxException {
    CodeSource source = PolicyLibrary.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new IOException("the program doesn't know which jar it was started from");
    }
    URI location = source.getLocation().toURI();
    return Path.of(location);
  }

  private static SortedMap<String, String> inFolder(Path folder) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    List<Path> found;
    try (Stream<Path> walk = Files.walk(folder)) {
      found = walk.filter(file -> file.toString().endsWith(SUFFIX)).toList();
    }
    for (Path file : found) {
      String path = folder.relativize(file).toString().replace('\\', '/');
      files.put(path, Files.readString(file));
    }
    return files;
  }

  private static SortedMap<String, String> inJar(Path jar) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (JarFile archive = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(archive.entries())) {
        if (entry.getName().startsWith(ROOT) && entry.getName().endsWith(SUFFIX)) {
          try (InputStream in = archive.getInputStream(entry)) {
            files.put(
                entry.getName().substring(ROOT.length()),
                new String(in.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
    }
    return files;
  }

  private static String digest(SortedMap<String, String> files) {
    MessageDigest sha = Publication.sha256();
    files.forEach((path, content) -> {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      sha.update((path + '\0' + bytes.length + '\0').getBytes(StandardCharsets.UTF_8));
      sha.update(bytes);
    });
    return HexFormat.of().formatHex(sha.digest());
  }

  /** The files, and the revision as data. */
  @Override
  public void publish(Path folder, String token) throws IOException {
    Path library = Files.createDirectories(folder.resolve("library"));
    for (var file : files.entrySet()) {
      Path target = library.resolve(file.getKey()).normalize();
      if (!target.startsWith(library)) {
        throw new IOException("the policy path " + file.getKey() + " leaves the library");
      }
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
    Publication.admitOnly(folder, token, "main");
    Files.writeString(
        folder.resolve("data.json"),
        "{\"meshkeel\": {\"library\": {\"revision\": \"" + revision + "\"}}}\n");
  }
}

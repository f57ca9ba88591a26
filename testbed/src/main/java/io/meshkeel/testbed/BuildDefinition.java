package io.meshkeel.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that fix what a server is made from: {@code go.mod} and {@code go.sum} for one that is
 * built from Go modules, {@code requirements.txt} for one that is downloaded as a Python wheel.
 * They are resources, so that a source checkout and a jar find them in the same way.
 *
 * @param name the folder below {@code testbed/servers}
 * @param files the texts by file name; the first fixes the versions
 */
record BuildDefinition(String name, SortedMap<String, String> files) {
  /** The file of what is downloaded as a wheel. */
  static final String REQUIREMENTS = "requirements.txt";

  private static final Map<String, BuildDefinition> READ = new ConcurrentHashMap<>();

  BuildDefinition {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** One for Go modules. */
  BuildDefinition(String name, String goMod, String goSum) {
    this(name, new TreeMap<>(Map.of("go.mod", goMod, "go.sum", goSum)));
  }

  /** The definition of this name; read once. */
  static BuildDefinition of(String name) {
    return READ.computeIfAbsent(
        name,
        n ->
            exists(n, REQUIREMENTS)
                ? new BuildDefinition(
                    n, new TreeMap<>(Map.of(REQUIREMENTS, resource(n, REQUIREMENTS))))
                : new BuildDefinition(n, resource(n, "go.mod"), resource(n, "go.sum")));
  }

  /** Whether it is of a wheel. */
  boolean wheel() {
    return files.containsKey(REQUIREMENTS);
  }

  /**
   * The version of a module, without the {@code v}, or of a Python package. A {@code replace} wins,
   * as it does in a build.
   */
  String version(String module) {
    String quoted = Pattern.quote(module);
    for (String pattern :
        List.of(
            "(?m)^(?:replace)?\\s*" + quoted + " (?:v\\S+ )?=> \\S+ v(\\S+)",
            "(?m)^(?:require)?\\s+" + quoted + " v(\\S+)",
            "(?m)^" + quoted + "==(\\S+)")) {
      Matcher matcher = Pattern.compile(pattern).matcher(files.get(files.firstKey()));
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    throw new TestbedException(
        "servers/" + name + "/" + files.firstKey() + " requires no module " + module);
  }

  /**
   * A digest of the definition and of what else decides the outcome of the build, in hexadecimal.
   */
  String digest(List<String> more) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      files.values().forEach(text -> sha256.update(text.getBytes(StandardCharsets.UTF_8)));
      sha256.update(String.join("\0", more).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the files into a folder. */
  void writeTo(Path folder) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static boolean exists(String name, String file) {
    return BuildDefinition.class.getResource("servers/" + name + "/" + file) != null;
  }

  private static String resource(String name, String file) {
    String path = "servers/" + name + "/" + file;
    try (InputStream in = BuildDefinition.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new TestbedException("the build definition " + path + " is missing in the testbed");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.meshkeel.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code go.mod} and {@code go.sum} from which servers are built. They are resources, so that a
 * source checkout and a jar find them in the same way.
 *
 * @param name the folder below {@code testbed/servers}
 * @param goMod the module file, which also fixes the version of the server
 * @param goSum the checksums of all modules
 */
record BuildDefinition(String name, String goMod, String goSum) {
  private static final Map<String, BuildDefinition> READ = new ConcurrentHashMap<>();

  /** The definition of this name; read once. */
  static BuildDefinition of(String name) {
    return READ.computeIfAbsent(
        name, n -> new BuildDefinition(n, resource(n, "go.mod"), resource(n, "go.sum")));
  }

  /**
   * The version of a module, without the {@code v}. A {@code replace} wins, as it does in a build.
   */
  String version(String module) {
    String quoted = Pattern.quote(module);
    for (String pattern :
        List.of(
            "(?m)^(?:replace)?\\s*" + quoted + " (?:v\\S+ )?=> \\S+ v(\\S+)",
            "(?m)^(?:require)?\\s+" + quoted + " v(\\S+)")) {
      Matcher matcher = Pattern.compile(pattern).matcher(goMod);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    throw new TestbedException("servers/" + name + "/go.mod requires no module " + module);
  }

  /**
   * A digest of the definition and of what else decides the outcome of the build, in hexadecimal.
   */
  String digest(List<String> more) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(goMod.getBytes(StandardCharsets.UTF_8));
      sha256.update(goSum.getBytes(StandardCharsets.UTF_8));
      sha256.update(String.join("\0", more).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes both files into a folder. */
  void writeTo(Path folder) throws IOException {
    Files.writeString(folder.resolve("go.mod"), goMod);
    Files.writeString(folder.resolve("go.sum"), goSum);
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

package io.meshkeel.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What an OPA process loads at its start. */
public interface Publication {
  /** Names what is published, so that an answer can be traced to it. */
  String revision();

  /**
   * Writes all of it, with a policy that lets in only who holds the token.
   *
   * @param folder an empty folder
   * @param token only its digest may be written
   */
  void publish(Path folder, String token) throws IOException;

  /**
   * Writes the policy that lets in only who holds the token, and to nothing but OPA's health and
   * one package.
   *
   * @param unit the last part of the package {@code meshkeel.…} that may be asked
   */
  static void admitOnly(Path folder, String token, String unit) throws IOException {
    String digest =
        HexFormat.of().formatHex(sha256().digest(token.getBytes(StandardCharsets.UTF_8)));
    Files.writeString(
        Files.createDirectories(folder.resolve("access")).resolve("authz.rego"),
        """
        package system.authz

        default allow := false

        allow if {
        	crypto.sha256(input.identity) == "%s"
        	input.method == "GET"
        	input.path == ["health"]
        }

        allow if {
        	crypto.sha256(input.identity) == "%s"
        	input.method == "POST"
        	array.slice(input.path, 0, 4) == ["v1", "data", "meshkeel", "%s"]
        }
        """
            .formatted(digest, digest, unit));
  }

  /** SHA-256, which every Java platform has. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

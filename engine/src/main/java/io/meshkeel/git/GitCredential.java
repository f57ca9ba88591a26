package io.meshkeel.git;

import java.nio.file.Path;
import java.util.function.Supplier;

/** How to prove to the remote who we are. What is secret is left out of {@code toString}. */
public sealed interface GitCredential {
  /** Nothing is sent: a public repository, or a folder. */
  record None() implements GitCredential {}

  /**
   * HTTP basic authentication, sent to the host of the remote's URL only.
   *
   * @param user user name; forges take any name beside a token
   * @param token gives the access token with the right to read the repository; asked at each
   *     connection, so that it can be rotated; an exception fails that one fetch
   */
  record Token(String user, Supplier<String> token) implements GitCredential {
    /**
     * A token that stays.
     *
     * @throws IllegalArgumentException if the token is empty
     */
    public Token(String user, String token) {
      this(user, () -> token);
      if (token.isBlank()) {
        throw new IllegalArgumentException("the Git token is empty: give one or none");
      }
    }

    @Override
    public String toString() {
      return "Token[user=" + user + "]";
    }
  }

  /**
   * SSH with a key; the server's key must be known. Both files are read at each connection.
   *
   * @param privateKey file with an unencrypted private key in OpenSSH or PEM form
   * @param knownHosts file in OpenSSH's {@code known_hosts} form; a server that isn't in it is
   *     refused
   */
  record SshKey(Path privateKey, Path knownHosts) implements GitCredential {
    @Override
    public String toString() {
      return "SshKey[" + privateKey.getFileName() + "]";
    }
  }
}

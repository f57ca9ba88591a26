package io.meshkeel.git;

import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import org.eclipse.jgit.transport.URIish;

/**
 * The watched repository.
 *
 * @param url {@code https://}, {@code http://}, {@code ssh://}, {@code user@host:path}, {@code
 *     file://} or an absolute path; holds no password
 * @param branch the branch that declares the meshes
 * @param credential how to prove who we are
 * @param timeout longest silence of the remote, whole seconds
 */
public record GitRemote(String url, BranchName branch, GitCredential credential, Duration timeout) {
  /** Longest silence of the remote. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private static final Set<String> SCHEMES = Set.of("https", "http", "ssh", "file");

  /**
   * @throws IllegalArgumentException if the URL has another form or holds a password, or the
   *     time-out is below a second
   */
  public GitRemote {
    URIish uri = parse(url);
    String scheme = uri.getScheme();
    boolean scp = scheme == null && uri.getHost() != null;
    boolean folder = scheme == null && uri.getHost() == null && url.startsWith("/");
    if (!(scp || folder || (scheme != null && SCHEMES.contains(scheme)))) {
      throw new IllegalArgumentException(
          "the repository's URL must begin with https://, http://, ssh://, file:// or /, or be"
              + " user@host:path");
    }
    if (uri.getPass() != null) {
      throw new IllegalArgumentException(
          "the repository's URL holds a password: give the token by itself");
    }
    if (timeout.toSeconds() < 1) {
      throw new IllegalArgumentException("the time-out of Git must be at least one second");
    }
  }

  private static URIish parse(String url) {
    if (url.isEmpty() || url.startsWith("-") || url.contains("::")) {
      throw new IllegalArgumentException("the repository's URL is empty or not allowed");
    }
    try {
      return new URIish(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("the repository's URL can't be read", e);
    }
  }

  /** The URL without user and password, for messages. */
  String shown() {
    URIish uri = parse(url).setUser(null).setPass(null);
    return uri.toString();
  }

  /** The host of the URL; empty for a folder. */
  String host() {
    String host = parse(url).getHost();
    return host == null ? "" : host;
  }
}

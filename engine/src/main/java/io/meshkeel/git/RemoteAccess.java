package io.meshkeel.git;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.errors.UnsupportedCredentialItem;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/** Puts time-out and credential on a command that talks to the remote. */
final class RemoteAccess implements AutoCloseable {
  private final GitRemote remote;
  private final HostBound credentials;
  private final SshdSessionFactory ssh;

  /**
   * @param remote the watched repository
   * @param home a folder of ours: SSH's configuration is looked for here, never in the user's home
   */
  RemoteAccess(GitRemote remote, Path home) {
    this.remote = remote;
    this.credentials = new HostBound(remote);
    this.ssh = sshFactory(remote.credential(), home.toFile());
  }

  <C extends TransportCommand<C, ?>> C on(C command) {
    command.setTimeout(Math.toIntExact(remote.timeout().toSeconds()));
    command.setCredentialsProvider(credentials);
    command.setTransportConfigCallback(transport -> {
      if (transport instanceof SshTransport overSsh) {
        overSsh.setSshSessionFactory(ssh);
      }
    });
    return command;
  }

  private static SshdSessionFactory sshFactory(GitCredential credential, File home) {
    SshdSessionFactoryBuilder builder =
        new SshdSessionFactoryBuilder()
            .setHomeDirectory(home)
            .setSshDirectory(new File(home, "ssh"))
            .setConfigFile(folder -> new File(folder, "config"))
            .setPreferredAuthentications("publickey")
            .setDefaultIdentities(folder -> List.of())
            .setDefaultKnownHostsFiles(folder -> List.of());
    if (credential instanceof GitCredential.SshKey key) {
      builder
          .setDefaultIdentities(folder -> List.of(key.privateKey()))
          .setDefaultKnownHostsFiles(folder -> List.of(key.knownHosts()));
    }
    return builder.build(null);
  }

  /** The text without the token that was given last. */
  String hide(String text) {
    String secret = credentials.given;
    return secret.isEmpty() ? text : text.replace(secret, "***");
  }

  @Override
  public void close() {
    ssh.close();
  }

  /** Gives the token to the remote's own host and to no other, whatever a redirect says. */
  private static final class HostBound extends CredentialsProvider {
    private final GitRemote remote;
    private volatile String given = "";

    HostBound(GitRemote remote) {
      this.remote = remote;
    }

    @Override
    public boolean isInteractive() {
      return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
      for (CredentialItem item : items) {
        if (!(item instanceof CredentialItem.Username)
            && !(item instanceof CredentialItem.Password)) {
          return false;
        }
      }
      return remote.credential() instanceof GitCredential.Token;
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) throws UnsupportedCredentialItem {
      if (!(remote.credential() instanceof GitCredential.Token token)
          || !remote.host().equals(uri.getHost())
          || !supports(items)) {
        return false;
      }
      for (CredentialItem item : items) {
        if (item instanceof CredentialItem.Username user) {
          user.setValue(token.user());
        } else if (item instanceof CredentialItem.Password password) {
          given = token.token().get();
          password.setValue(given.toCharArray());
        }
      }
      return true;
    }
  }
}

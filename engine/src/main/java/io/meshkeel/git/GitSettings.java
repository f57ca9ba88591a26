package io.meshkeel.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Git's settings of the machine and the user are not read: a proxy, a URL rewrite or a credential
 * helper found there must not change what the service does.
 */
final class GitSettings extends SystemReader.Delegate {
  private static boolean installed;

  private GitSettings(SystemReader base) {
    super(base);
  }

  static synchronized void isolate() {
    if (!installed) {
      SystemReader.setInstance(new GitSettings(SystemReader.getInstance()));
      // JGit measures the file system's clock at every start, since it may keep no settings: three
      // seconds in which the first fetch would wait. Until it knows it assumes the coarsest one.
      FS.FileStoreAttributes.setBackground(true);
      installed = true;
    }
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  /** A configuration without a file behind it. */
  private static final class Nothing extends FileBasedConfig {
    Nothing(Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}

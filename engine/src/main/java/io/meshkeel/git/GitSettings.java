package io.meshkeel.git;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
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

  /**
   * A configuration without a file behind it. What JGit would otherwise measure, three seconds long
   * at every start, is given: a file that changed less than this ago is read again instead of being
   * trusted. Nobody but this process writes in the mirror, and JGit tells itself what it wrote, so
   * this need not be the seconds of the coarsest file system: with those, each object that is not
   * there yet had all packs listed anew for two seconds after a fetch.
   */
  private static final class Nothing extends FileBasedConfig {
    private static final Duration FILE_CLOCK = Duration.ofMillis(10);

    Nothing(Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public long getTimeUnit(
        String section, String subsection, String name, long otherwise, TimeUnit unit) {
      return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
          ? unit.convert(FILE_CLOCK)
          : super.getTimeUnit(section, subsection, name, otherwise, unit);
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

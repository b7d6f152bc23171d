package io.telemetryinject.coordinator.git;

import java.io.File;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * The surroundings in which JGit works for us: it starts no program to find settings, measures no
 * file system with files of its own, and writes no settings into anybody's home.
 */
final class QuietGit extends SystemReader.Delegate {
  private static final File SYSTEM_SETTINGS = new File("/etc/gitconfig");

  private QuietGit(SystemReader machine) {
    super(machine);
  }

  /** For the whole process; may be called any number of times. */
  static synchronized void prepare() {
    if (!(SystemReader.getInstance() instanceof QuietGit)) {
      SystemReader.setInstance(new QuietGit(SystemReader.getInstance()));
    }
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS files) {
    return new Settings(parent, SYSTEM_SETTINGS, files);
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS files) {
    File home = files.userHome();
    return new Settings(parent, new File(home, ".gitconfig"), files);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS files) {
    return new Settings(parent, new File(System.getProperty("java.io.tmpdir"), ""), files);
  }

  /** Settings that are read, if there are any, and never written. */
  private static final class Settings extends FileBasedConfig {
    Settings(Config parent, File file, FS files) {
      super(parent, file, files);
    }

    @Override
    public void load() throws java.io.IOException, org.eclipse.jgit.errors.ConfigInvalidException {
      if (getFile().isFile()) {
        super.load();
      }
    }

    @Override
    public boolean isOutdated() {
      return false;
    }

    @Override
    public void save() {
      // They are not ours.
    }

    /** How finely the file system keeps time: JGit would try it out, with files of its own. */
    @Override
    public long getTimeUnit(
        String section, String subsection, String name, long absent, TimeUnit unit) {
      return section.equals("filesystem")
          ? unit.convert(10, TimeUnit.MILLISECONDS)
          : super.getTimeUnit(section, subsection, name, absent, unit);
    }
  }
}

package io.telemetryinject.coordinator.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;

/**
 * What makes git write other bytes into a work tree than a commit has. Where there is any of it,
 * one and the same commit may give different files, and so says nothing of them.
 */
final class Conversions {
  private static final Pattern CONVERTING =
      Pattern.compile("\\s(filter=|eol=crlf|ident\\b|working-tree-encoding=|crlf\\b)");
  private static final int LARGEST = 1 << 20;

  private Conversions() {}

  /** Whether anything but plain copying goes on between a repository and its work tree. */
  static boolean apply(Repository repository, DirCache index) throws IOException {
    Config config = repository.getConfig();
    if ("true".equalsIgnoreCase(config.getString("core", null, "autocrlf"))
        || "crlf".equalsIgnoreCase(config.getString("core", null, "eol"))
        || config.getString("core", null, "attributesFile") != null) {
      return true;
    }
    Path own = repository.getDirectory().toPath().resolve("info/attributes");
    if (Files.isRegularFile(own) && convert(Files.readAllBytes(own))) {
      return true;
    }
    for (int i = 0; i < index.getEntryCount(); i++) {
      DirCacheEntry entry = index.getEntry(i);
      if (isAttributes(entry.getPathString())) {
        ObjectLoader blob = repository.open(entry.getObjectId());
        if (blob.getSize() > LARGEST || convert(blob.getBytes())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isAttributes(String path) {
    return path.equals(".gitattributes") || path.endsWith("/.gitattributes");
  }

  private static boolean convert(byte[] attributes) {
    return new String(attributes, UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .anyMatch(line -> CONVERTING.matcher(line).find());
  }
}

package io.telemetryinject.kubernetes;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A git repository that a pod can reach, and that may be shown to anybody.
 *
 * @param text a URL, or {@code user@host:path} as ssh has it
 */
public record RepositoryAddress(String text) {
  private static final Set<String> SCHEMES = Set.of("file", "http", "https", "ssh");
  private static final Pattern HOST_AND_PATH =
      Pattern.compile("(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9][A-Za-z0-9.-]*:[^:/\\s][^:\\s]*");

  /**
   * Takes a repository's address from the command line.
   *
   * @throws RunProblem when it is none, or holds what may be a secret; the message does not show it
   */
  public static RepositoryAddress of(String text) throws RunProblem {
    if (!text.contains("://") && HOST_AND_PATH.matcher(text).matches()) {
      return new RepositoryAddress(text);
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      // Its message would show the URL, which may hold a password.
      throw noAddress();
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme) || uri.getRawPath() == null || uri.getRawPath().length() < 2) {
      throw noAddress();
    }
    if (holdsSecret(scheme, uri.getRawAuthority(), uri)) {
      throw new RunProblem(
          "the URL of --repo holds a user name, password, token or query",
          "Everybody who may look at Jobs would see it. Put the credentials into the secret with"
              + " a .netrc that the chart mounts into runs, and leave them out of the URL.");
    }
    return new RepositoryAddress(text);
  }

  /** Only ssh has users that are no secret; what stands behind a question mark may be a token. */
  private static boolean holdsSecret(String scheme, @Nullable String authority, URI uri) {
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return true;
    }
    int at = authority == null ? -1 : authority.lastIndexOf('@');
    if (authority == null || at < 0) {
      return false;
    }
    return !scheme.equals("ssh") || authority.substring(0, at).contains(":");
  }

  private static RunProblem noAddress() {
    return new RunProblem(
        "--repo names no git repository that a pod could fetch",
        "Name one that begins with https://, ssh://, file:// or user@host:.");
  }

  /** What people call it: the path's last part without {@code .git}. */
  String shortName() {
    String path = text.replaceAll("/+$", "").replaceAll("\\.git$", "");
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
  }

  @Override
  public String toString() {
    return text;
  }
}

package io.telemetryinject.coordinator.git;

import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** A git repository as a user names it: a URL, {@code host:path} as ssh has it, or a directory. */
public final class GitAddress {
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
  private static final Pattern HOST_AND_PATH = Pattern.compile("[^/:\\s]+:[^:\\s].*");
  private static final List<String> SCHEMES = List.of("file", "http", "https", "ssh");

  private final @Nullable URIish remote;
  private final @Nullable Path local;

  private GitAddress(@Nullable URIish remote, @Nullable Path local) {
    this.remote = remote;
    this.local = local;
  }

  /**
   * What an input names, if it is a repository rather than a directory to read as it is.
   *
   * @param withRef whether a commit of it is asked for
   * @throws InputProblem when it looks like a URL and is none, or when a commit is asked for of
   *     something that has none
   */
  public static Optional<GitAddress> of(String input, boolean withRef)
      throws InputProblem, IOException {
    if (URL.matcher(input).matches()
        || (HOST_AND_PATH.matcher(input).matches() && !Files.exists(Path.of(input)))) {
      return Optional.of(new GitAddress(parse(input), null));
    }
    Path directory = Path.of(input);
    Optional<Path> repository = LocalRepository.in(directory);
    if (withRef && repository.isEmpty()) {
      throw new InputProblem(
          "--ref names a commit, but the input " + input + " is not a git repository",
          "Name a repository's top directory or URL with --input, or leave --ref out.");
    }
    boolean bare = repository.filter(found -> !found.endsWith(".git")).isPresent();
    boolean asCommit = withRef || (bare && !Files.exists(directory.resolve(".git")));
    return asCommit
        ? Optional.of(new GitAddress(null, repository.orElseThrow().toRealPath()))
        : Optional.empty();
  }

  /** An input as it may be shown: a URL without secrets, or a directory as it was named. */
  public static String shown(String input) {
    if (!URL.matcher(input).matches() && !HOST_AND_PATH.matcher(input).matches()) {
      return input;
    }
    try {
      return new GitAddress(parse(input), null).toString();
    } catch (InputProblem e) {
      return Files.exists(Path.of(input)) ? input : "?";
    }
  }

  private static URIish parse(String input) throws InputProblem {
    try {
      URIish uri = new URIish(input);
      String scheme = uri.getScheme() == null ? "ssh" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean dashed =
          startsWithDash(uri.getHost()) || startsWithDash(uri.getUser()) || uri.getPath() == null;
      if (SCHEMES.contains(scheme) && !dashed) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Its message would show the URL, which may hold a password.
    }
    throw new InputProblem(
        "the input looks like a URL, but not like one of a git repository",
        "Name one that begins with https://, ssh://, file:// or user@host:, or a directory.");
  }

  /** What begins with a dash would be an option of the ssh program. */
  private static boolean startsWithDash(@Nullable String part) {
    return part != null && part.startsWith("-");
  }

  /** Where to fetch from; empty for a directory, which is read where it is. */
  Optional<URIish> remote() {
    return Optional.ofNullable(remote);
  }

  /** Directory of the repository itself; of a URL none. */
  Optional<Path> local() {
    return Optional.ofNullable(local);
  }

  /** A name for people and for directories, e.g. {@code shop}. */
  public String name() {
    try {
      String name =
          remote == null
              ? new URIish(String.valueOf(local)).getHumanishName()
              : remote.getHumanishName();
      return name.replaceAll("[^A-Za-z0-9._-]", "_");
    } catch (URISyntaxException | IllegalArgumentException e) {
      return "repository";
    }
  }

  /** A name that no other repository has; of a URL without the secrets in it. */
  String key() {
    return name() + "-" + Sha256.of(toString()).substring(0, 12);
  }

  /** Takes user names, passwords and tokens out of a text that somebody else wrote. */
  String withoutSecrets(@Nullable String text) {
    String clean = text == null ? "" : text;
    if (remote != null && !isSsh(remote)) {
      for (String secret : new String[] {remote.getPass(), remote.getUser()}) {
        if (secret != null && !secret.isEmpty()) {
          clean = clean.replace(secret, "***");
        }
      }
    }
    return clean;
  }

  private static boolean isSsh(URIish uri) {
    return uri.getScheme() == null || uri.getScheme().equalsIgnoreCase("ssh");
  }

  /** As it may be shown: without user and password, unless the user is one of ssh. */
  @Override
  public String toString() {
    if (remote == null) {
      return String.valueOf(local);
    }
    URIish shown = remote.setPass(null);
    return (isSsh(remote) ? shown : shown.setUser(null)).toString();
  }
}

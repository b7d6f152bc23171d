package io.telemetryinject.coordinator.service;

import io.telemetryinject.coordinator.git.GitAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a run may read and write. Whoever has the token acts with the service's own rights, so that
 * these prefixes are the limit of what the token is good for.
 *
 * @param inputs what inputs must begin with: URLs, or absolute directories
 * @param outputs likewise
 * @param own directory of the service's own, which is neither
 */
record AllowedPlaces(List<String> inputs, List<String> outputs, Path own) {
  private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*");
  private static final Pattern HOST_AND_PATH = Pattern.compile("([^/:\\s]+):([^:\\s].*)");

  /** Parts that a server may read as a step up, however they are written. */
  private static final Pattern STEPS_UP =
      Pattern.compile("(^|[/:])\\.\\.(/|$)|%2e|%2f|%5c|\\\\", Pattern.CASE_INSENSITIVE);

  AllowedPlaces {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Why an input may not be read; nothing if it may. */
  Optional<String> refuseInput(String input) {
    Optional<String> url = urlOf(input);
    boolean allowed =
        url.isPresent()
            ? isBelow(url.get(), inputs)
            : realPath(input).filter(path -> isBelow(path, inputs)).isPresent();
    return allowed ? Optional.empty() : Optional.of(refusal("input", inputs));
  }

  /** Why an output may not be written; nothing if it may. */
  Optional<String> refuseOutput(String output) {
    boolean allowed =
        URL.matcher(output).matches()
            ? isBelow(output, outputs)
            : realPath(output)
                .filter(path -> isBelow(path, outputs) && !overlaps(path, own))
                .isPresent();
    return allowed ? Optional.empty() : Optional.of(refusal("output", outputs));
  }

  private static String refusal(String what, List<String> allowed) {
    return "this service allows no such "
        + what
        + "; it must lie below one of "
        + String.join(", ", allowed)
        + " (telemetry-inject.service.allowed-"
        + what
        + "s)";
  }

  /** Whether two outputs would be written by one run as well as by the other. */
  static boolean collide(String output, String other) {
    String one = output.endsWith("/") ? output : output + "/";
    String two = other.endsWith("/") ? other : other + "/";
    return one.startsWith(two) || two.startsWith(one);
  }

  /** One name for one place, however it is written. */
  static String canonical(String output) {
    return URL.matcher(output).matches()
        ? output
        : realPath(output).map(Path::toString).orElse(output);
  }

  /** A repository's URL without user and password; {@code host:path} as the URL it stands for. */
  private static Optional<String> urlOf(String input) {
    Matcher url = URL.matcher(input);
    if (url.matches() && !url.group(1).equalsIgnoreCase("file")) {
      return Optional.of(GitAddress.shown(input));
    }
    Matcher ssh = HOST_AND_PATH.matcher(input);
    return ssh.matches() && !url.matches()
        ? Optional.of("ssh://" + ssh.group(1) + "/" + ssh.group(2))
        : Optional.empty();
  }

  private static boolean isBelow(String place, List<String> allowed) {
    return !STEPS_UP.matcher(place).find()
        && allowed.stream().anyMatch(prefix -> isBelow(place, prefix));
  }

  /** A prefix ends where a name ends: {@code https://host} does not allow {@code https://host2}. */
  private static boolean isBelow(String place, String prefix) {
    String whole = prefix.endsWith("/") ? prefix : prefix + "/";
    String schemeInLowerCase = lowerScheme(place);
    return schemeInLowerCase.equals(prefix) || schemeInLowerCase.startsWith(whole);
  }

  private static String lowerScheme(String place) {
    int end = Math.max(0, place.indexOf("://"));
    return place.substring(0, end).toLowerCase(Locale.ROOT) + place.substring(end);
  }

  private static boolean isBelow(Path place, List<String> allowed) {
    return allowed.stream()
        .filter(prefix -> prefix.startsWith("/"))
        .anyMatch(prefix -> realPath(prefix).filter(place::startsWith).isPresent());
  }

  private static boolean overlaps(Path one, Path two) {
    Path other = realPath(two.toString()).orElse(two);
    return one.startsWith(other) || other.startsWith(one);
  }

  /** Where an absolute path leads once its links are followed, as far as it exists. */
  private static Optional<Path> realPath(String name) {
    try {
      Path path =
          name.regionMatches(true, 0, "file:", 0, 5) ? Path.of(URI.create(name)) : Path.of(name);
      return path.isAbsolute() ? Optional.of(real(path.normalize())) : Optional.empty();
    } catch (IllegalArgumentException | IOException e) {
      return Optional.empty();
    }
  }

  private static Path real(Path path) throws IOException {
    @Nullable Path parent = path.getParent();
    if (Files.exists(path) || Files.isSymbolicLink(path) || parent == null) {
      return path.toRealPath();
    }
    return real(parent).resolve(path.getFileName());
  }
}

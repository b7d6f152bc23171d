package io.telemetryinject.cache.s3;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.Namespace;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a bucket a cache lies.
 *
 * @param prefix empty, or what all keys begin with, its last slash included
 */
public record S3Location(String bucket, String prefix) {
  private static final Pattern TEXT =
      Pattern.compile("s3://([A-Za-z0-9][A-Za-z0-9._-]{1,254})(?:/(.*))?");
  private static final Pattern PREFIX = Pattern.compile("(?:[A-Za-z0-9!_.*'()=-]+/)*");

  public S3Location {
    requireNonNull(bucket, "bucket is null");
    requireNonNull(prefix, "prefix is null");
  }

  /**
   * Reads {@code s3://BUCKET/PREFIX}; the prefix may be left out.
   *
   * @throws IllegalArgumentException when it is not of that form, with words for a person
   */
  public static S3Location parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text + " is not of the form s3://BUCKET/PREFIX");
    }
    String path = matcher.group(2) == null ? "" : matcher.group(2);
    String prefix = path.isEmpty() || path.endsWith("/") ? path : path + "/";
    if (!PREFIX.matcher(prefix).matches() || ("/" + prefix).contains("/../")) {
      throw new IllegalArgumentException(
          text + " has a prefix with empty parts or signs that need quoting");
    }
    return new S3Location(matcher.group(1), prefix);
  }

  /** A part of it. */
  S3Location within(Namespace namespace) {
    return new S3Location(bucket, prefix + namespace.directory() + "/");
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + prefix;
  }
}

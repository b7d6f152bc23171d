package io.telemetryinject.kubernetes;

import java.util.regex.Pattern;

/**
 * Where in a bucket a run's result goes.
 *
 * @param text {@code s3://BUCKET/PREFIX}, without a slash at the end
 */
public record BucketAddress(String text) {
  private static final Pattern FORM =
      Pattern.compile("s3://[A-Za-z0-9][A-Za-z0-9._-]{1,254}(?:/[A-Za-z0-9!_.*'()=-]+)*");

  /**
   * Takes an output from the command line.
   *
   * @throws RunProblem when it is no place in a bucket
   */
  public static BucketAddress of(String text) throws RunProblem {
    String trimmed = text.replaceAll("/+$", "");
    if (!FORM.matcher(trimmed).matches() || (trimmed + "/").contains("/../")) {
      throw new RunProblem(
          "--output is no place in a bucket",
          "Name one as s3://BUCKET/PREFIX: a pod's own files end with the pod.");
    }
    return new BucketAddress(trimmed);
  }

  @Override
  public String toString() {
    return text;
  }
}

package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.checkSha256;

/** Identity of a run: SHA-256 over its input, policy and options, so that the same run resumes. */
public record RunId(String digest) {
  public RunId {
    checkSha256(digest, "run id");
  }

  /** First 12 hex digits, for people and log lines; never compare by this. */
  public String shortForm() {
    return digest.substring(0, 12);
  }
}

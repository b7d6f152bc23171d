package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.checkSha256;
import static java.util.Objects.requireNonNull;

/**
 * What went into a {@link ScriptKey}, each part for itself: two keys for the same kind of function
 * tell by it why they differ.
 *
 * @param contract version of the script contract
 * @param subject SHA-256 of the shape or the signature, in hex
 * @param policy SHA-256 of what the run wants recorded
 * @param lessons SHA-256 of the language's lessons
 */
public record KeyParts(int contract, KeyKind kind, String subject, String policy, String lessons) {
  public KeyParts {
    requireNonNull(kind, "kind is missing");
    checkSha256(subject, "subject");
    checkSha256(policy, "policy");
    checkSha256(lessons, "lessons");
  }
}

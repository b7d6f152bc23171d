package io.telemetryinject.model;

/** Why a function or its file was refused; the source stays as it was. */
public enum RejectReason {
  /** The bytes are not text in the encoding that the file declares. */
  ENCODING,
  /** The source is not valid in its language. */
  PARSE,
  /** Nested more deeply than can be analysed. */
  NESTING,
  /** Larger than the limits of a file (10 MiB), function (4 MiB) or record (8 MiB). */
  SIZE,
  /** The path leaves the input's root. */
  PATH,
  /** The file cannot be read. */
  UNREADABLE,
  /** An insertion is not telemetry, or not where telemetry may stand. */
  PRESERVATION,
  /** A literal differs from the function's own metadata. */
  LITERAL,
  /** An attribute would record what may be a secret or personal data. */
  PRIVACY,
  /** A return or the fall-through is not covered, or covered twice. */
  COVERAGE,
  /** The script's answer changes from run to run. */
  NONDETERMINISTIC,
  /** Instrumented in part, without a manifest that says how. */
  PARTIAL,
  /** The instrumented file compiles only without this function. */
  COMPILE,
  /** The file changed while the run was under way, or since it was instrumented. */
  EDITED
}

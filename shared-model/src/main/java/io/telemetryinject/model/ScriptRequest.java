package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.checkArgument;
import static io.telemetryinject.model.Checks.copy;
import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions of one file that wait for a script: the unit of transport on {@code script-requests},
 * keyed by script key.
 *
 * @param imports the file's import statements, as text
 * @param rejection why the script in the cache does not do, or null when there is none
 * @param miss why there is none; null where there is one, or an earlier version did not say
 */
public record ScriptRequest(
    RunId run,
    FileRef file,
    RunPolicy policy,
    ScriptKey key,
    List<String> imports,
    List<FunctionMetadata> waiting,
    @Nullable Rejection rejection,
    @Nullable MissReason miss) {

  /**
   * A cached script's failure, as feedback for the generator.
   *
   * @param version of the script that failed
   * @param detail what the verifier or the sandbox said about the first waiting function
   */
  public record Rejection(int version, String detail) {
    public Rejection {
      requireNonNull(detail, "detail is missing");
    }
  }

  public ScriptRequest {
    requireNonNull(run, "run is missing");
    requireNonNull(file, "file is missing");
    requireNonNull(policy, "policy is missing");
    requireNonNull(key, "key is missing");
    imports = copy(imports, "imports");
    waiting = copy(waiting, "waiting");
    checkArgument(!waiting.isEmpty(), "no function waits for script %s", key.baseName());
  }

  /** Says nothing of why there is no script. */
  public ScriptRequest(
      RunId run,
      FileRef file,
      RunPolicy policy,
      ScriptKey key,
      List<String> imports,
      List<FunctionMetadata> waiting,
      @Nullable Rejection rejection) {
    this(run, file, policy, key, imports, waiting, rejection, null);
  }

  /** The effort of having had to ask. */
  public Effort missed() {
    return miss == null ? Effort.none() : Effort.misses(miss, waiting.size());
  }
}

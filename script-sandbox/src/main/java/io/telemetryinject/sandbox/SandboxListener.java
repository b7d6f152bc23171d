package io.telemetryinject.sandbox;

import java.util.Locale;

/** Is told when the sandbox had to end what ran in it, or saw it end; called from any thread. */
@FunctionalInterface
public interface SandboxListener {

  /** Why calls ended before their time. */
  enum Kill {
    /** They ran past their deadline. */
    TIME,
    /** They wanted more memory, or CPU time, than they may have. */
    MEMORY,
    /** They made a system call that nobody may make. */
    FORBIDDEN,
    /** The interpreter crashed, or was told to exit. */
    CRASH,
    /** The worker itself was lost, or did not answer any more. */
    LOST;

    /** Lower case, as in metrics. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  void killed(Kill kill);

  /** Hears nothing. */
  static SandboxListener none() {
    return kill -> {};
  }
}

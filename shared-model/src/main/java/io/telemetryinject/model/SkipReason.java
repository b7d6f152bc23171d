package io.telemetryinject.model;

/** Why a function is left alone by rule. */
public enum SkipReason {
  /** Nothing to observe: the body is a docstring, {@code pass} or {@code ...}. */
  STUB,
  OVERLOAD,
  ABSTRACT,
  /** Reads its own frame: {@code locals()}, {@code eval}, {@code sys._getframe} and their kind. */
  FRAME_ACCESS,
  /** {@code __del__}: runs at any moment, also at interpreter shutdown. */
  FINALIZER,
  /** Another compiler reads its source or bytecode: numba, torch.jit, triton … */
  COMPILED,
  /** The file uses a name {@code _tel} or {@code _tel_*} itself. */
  RESERVED_NAME,
  /** {@code # telemetry: off}. */
  TELEMETRY_OFF,
  /** The run's policy leaves out functions of its kind, or as short as this one. */
  POLICY
}

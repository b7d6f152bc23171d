package io.telemetryinject.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What a worker says of one request.
 *
 * @param exitCode of the child that did the work; negative for a signal
 * @param answered how many answers {@code body} claims to hold; untrusted, like the body itself
 */
record Reply(Status status, int exitCode, int answered, ByteBuffer body) {
  private static final int HEADER_BYTES = 9;

  /** How the work ended; the order is the protocol's. */
  enum Status {
    DONE,
    LATE,
    DIED,
    FULL,
    UNLOCKED,
    UNKNOWN_SCRIPTS
  }

  static Reply parse(byte[] frame) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    if (frame.length < HEADER_BYTES || frame[0] < 0 || frame[0] >= Status.values().length) {
      throw new IOException("a reply that is none");
    }
    return new Reply(Status.values()[in.get()], in.getInt(), in.getInt(), in);
  }

  /** Why the child ended early, if it was not of its own accord. */
  Optional<SandboxListener.Kill> kill() {
    return switch (status) {
      case LATE -> Optional.of(SandboxListener.Kill.TIME);
      case DIED ->
          Optional.of(
              switch (exitCode) {
                case -9 -> SandboxListener.Kill.MEMORY;
                case -31 -> SandboxListener.Kill.FORBIDDEN;
                default -> SandboxListener.Kill.CRASH;
              });
      default -> Optional.empty();
    };
  }

  /** Why the child ended early, for a person. */
  String ending() {
    if (exitCode >= 0) {
      return "it ended the process with exit code " + exitCode;
    }
    return switch (-exitCode) {
      case 9 -> "it was killed: out of CPU time or memory";
      case 11 -> "it crashed the interpreter (SIGSEGV)";
      case 31 -> "it made a forbidden system call";
      default -> "it was ended by signal " + -exitCode;
    };
  }
}

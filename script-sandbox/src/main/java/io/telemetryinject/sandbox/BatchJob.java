package io.telemetryinject.sandbox;

import io.telemetryinject.model.ErrorCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Pieces of untrusted work of one kind, told to a {@link BatchRunner}: how to ask for some of them,
 * how to read an answer, what to say of one that has none.
 */
interface BatchJob<R> {

  /** How many pieces there are. */
  int size();

  /** Roughly what the piece adds to a request, in bytes. */
  int bytes(int piece);

  /** Pieces of the same origin fail alike: a script's digest; or the piece itself. */
  Object origin(int piece);

  /** A request for these pieces, in this order; {@code worker} tells what it has seen before. */
  Payload request(List<Integer> pieces, Duration deadline, Worker worker);

  /** Takes the next answer off a reply, which is untrusted. */
  R read(ByteBuffer answers) throws DamagedAnswerException;

  /** What stands in for an answer that a piece did not give. */
  R failed(ErrorCode code, String detail);
}

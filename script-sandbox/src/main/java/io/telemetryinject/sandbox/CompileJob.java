package io.telemetryinject.sandbox;

import io.telemetryinject.model.ErrorCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** Files to compile: the request of {@code compiling.py}. */
final class CompileJob implements BatchJob<String> {
  private static final int OPERATION = 2;

  private final List<byte[]> sources;

  CompileJob(List<byte[]> sources) {
    this.sources = sources;
  }

  @Override
  public int size() {
    return sources.size();
  }

  @Override
  public int bytes(int piece) {
    return sources.get(piece).length;
  }

  @Override
  public Object origin(int piece) {
    return piece;
  }

  @Override
  public Payload request(List<Integer> pieces, Duration deadline, Worker worker) {
    Payload payload = new Payload().u8(OPERATION);
    payload.u32(Math.toIntExact(deadline.toMillis())).u32(pieces.size());
    for (int piece : pieces) {
      payload.blob(sources.get(piece));
    }
    return payload;
  }

  @Override
  public String read(ByteBuffer answers) throws DamagedAnswerException {
    return AnswerReader.text(answers);
  }

  @Override
  public String failed(ErrorCode code, String detail) {
    if (code == ErrorCode.SANDBOX) {
      // Not a verdict on the file, and must not pass for one.
      throw new SandboxUnavailableException(
          "The file could not be compiled: " + detail,
          "in a sandbox process",
          "Run again; if it stays so, another interpreter may help: --python PATH.");
    }
    return "not compiled: " + detail;
  }
}

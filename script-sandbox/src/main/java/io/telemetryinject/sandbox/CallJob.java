package io.telemetryinject.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.ExceptionPolicy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scripts called on functions: the {@code run} request of {@code calls.py}. */
final class CallJob implements BatchJob<ScriptAnswer> {

  /** Which function of the script is called; the order is the protocol's. */
  enum Entry {
    INSERTIONS,
    /** Its result comes back as one insertion at offset 0. */
    INSERT_TELEMETRY
  }

  private static final int OPERATION = 1;
  private static final int UNSENT = -1;
  private static final int CALL_BYTES = 32;
  private static final int DIGEST_BYTES = 32;

  private final List<ScriptCall> calls;
  private final Entry entry;

  CallJob(List<ScriptCall> calls, Entry entry) {
    this.calls = calls;
    this.entry = entry;
  }

  @Override
  public int size() {
    return calls.size();
  }

  @Override
  public int bytes(int piece) {
    return CALL_BYTES + calls.get(piece).sourceCode().length();
  }

  @Override
  public Object origin(int piece) {
    return calls.get(piece).scriptDigest();
  }

  @Override
  public Payload request(List<Integer> pieces, Duration deadline, Worker worker) {
    Payload payload = new Payload().u8(OPERATION).u8(entry.ordinal());
    payload.u32(Math.toIntExact(deadline.toMillis()));
    Map<String, Integer> scripts = new LinkedHashMap<>();
    int scriptCount = payload.hole();
    for (int piece : pieces) {
      ScriptCall call = calls.get(piece);
      if (scripts.putIfAbsent(call.scriptDigest(), scripts.size()) == null) {
        addScript(payload, call, worker);
      }
    }
    payload.fill(scriptCount, scripts.size());
    payload.u32(pieces.size());
    for (int piece : pieces) {
      ScriptCall call = calls.get(piece);
      addCall(payload, call, scripts.getOrDefault(call.scriptDigest(), 0));
    }
    return payload;
  }

  private static void addScript(Payload payload, ScriptCall call, Worker worker) {
    byte[] digest = HexFormat.of().parseHex(call.scriptDigest());
    if (digest.length != DIGEST_BYTES) {
      throw new IllegalArgumentException("not SHA-256 in hex: " + call.scriptDigest());
    }
    payload.raw(digest);
    if (worker.knownScripts().add(call.scriptDigest())) {
      payload.text(call.script());
    } else {
      payload.u32(UNSENT);
    }
  }

  private static void addCall(Payload payload, ScriptCall call, int script) {
    byte[] name = call.qualifiedName().getBytes(UTF_8);
    byte[] parameters = String.join("\0", call.parameters()).getBytes(UTF_8);
    byte[] source = call.sourceCode().getBytes(UTF_8);
    payload.u32(script).u8(call.exceptions() == ExceptionPolicy.CAPTURE ? 1 : 0);
    payload.u32(name.length).u32(parameters.length).u32(source.length);
    payload.raw(name).raw(parameters).raw(source);
  }

  @Override
  public ScriptAnswer read(ByteBuffer answers) throws DamagedAnswerException {
    return AnswerReader.read(answers);
  }

  @Override
  public ScriptAnswer failed(ErrorCode code, String detail) {
    return new ScriptAnswer.Broken(code, detail);
  }
}

package io.telemetryinject.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.model.Insertion;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {

  @Test
  void readsInsertionsByCodePoints() throws Exception {
    Payload answer = answer(2, "a😀b".getBytes(UTF_8)).u32(7).u32(9).u32(2).u32(1);

    ScriptAnswer read = AnswerReader.read(buffer(answer.raw("a😀b".getBytes(UTF_8))));

    assertThat(Scripts.answered(read).insertions())
        .containsExactly(new Insertion(7, "a😀"), new Insertion(9, "b"));
  }

  @Test
  void refusesLengthsThatDoNotAddUp() {
    assertDamaged(answer(1, "abc".getBytes(UTF_8)).u32(0).u32(2).raw("abc".getBytes(UTF_8)));
    assertDamaged(answer(1, "abc".getBytes(UTF_8)).u32(0).u32(4).raw("abc".getBytes(UTF_8)));
    assertDamaged(answer(1, "abc".getBytes(UTF_8)).u32(0).u32(-1).raw("abc".getBytes(UTF_8)));
    assertDamaged(answer(1, "😀".getBytes(UTF_8)).u32(0).u32(2).raw("😀".getBytes(UTF_8)));
  }

  @Test
  void refusesCountsThatNoAnswerCouldHold() {
    assertDamaged(new Payload().u8(0).u32(-1).u32(0));
    assertDamaged(new Payload().u8(0).u32(Integer.MAX_VALUE).u32(0));
    assertDamaged(new Payload().u8(0).u32(0).u32(Integer.MAX_VALUE));
    assertDamaged(new Payload().u8(1).u32(-5));
    assertDamaged(new Payload().u8(7));
  }

  @Test
  void takesAnOffsetBeyondAnySourceForAFaultOfTheScript() throws Exception {
    Payload answer = answer(1, "abc".getBytes(UTF_8)).u32(-1).u32(3).raw("abc".getBytes(UTF_8));

    Scripts.broken(AnswerReader.read(buffer(answer)));
  }

  @Test
  void endsOnAnyBytesWithoutAnyOtherException() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] &= 1;
      }
      for (int at = 2; at < Math.min(bytes.length, 12); at++) {
        bytes[at] &= random.nextInt(4) == 0 ? bytes[at] : 0;
      }
      ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      try {
        AnswerReader.read(in);
      } catch (DamagedAnswerException | BufferUnderflowException expected) {
        continue;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static Payload answer(int count, byte[] texts) {
    return new Payload().u8(0).u32(count).u32(texts.length);
  }

  private static void assertDamaged(Payload answer) {
    assertThatThrownBy(() -> AnswerReader.read(buffer(answer)))
        .isInstanceOf(DamagedAnswerException.class);
  }

  private static ByteBuffer buffer(Payload payload) {
    return ByteBuffer.wrap(payload.toBytes()).order(ByteOrder.LITTLE_ENDIAN);
  }
}

package io.telemetryinject.language;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.RejectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InsertionsTest {

  @Test
  void countsOffsetsInUtf8AndKeepsListOrderAtOneOffset() {
    assertThat(applied("é日𝄞x", at(2, "<"), at(5, "é"), at(9, "1"), at(9, "2"), at(10, ">")))
        .isEqualTo("é<日é𝄞12x>");
  }

  @Test
  void refusesOffsetsThatDescendOrLieBehindTheText() {
    assertThatIllegalArgumentException().isThrownBy(() -> applied("abc", at(2, "x"), at(1, "y")));
    assertThatIllegalArgumentException().isThrownBy(() -> applied("abc", at(4, "x")));
  }

  @Test
  void removesWhatItAppliedAndNothingElse() throws SourceRejectedException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] original = randomText(random, random.nextInt(40)).getBytes(UTF_8);
      List<Insertion> insertions = new ArrayList<>();
      int offset = 0;
      for (int i = random.nextInt(6); i > 0; i--) {
        offset += random.nextInt(original.length - offset + 1);
        insertions.add(at(offset, randomText(random, 1 + random.nextInt(5))));
      }
      byte[] instrumented = Insertions.apply(original, insertions);
      assertThat(Insertions.remove(instrumented, insertions))
          .as("seed %s, round %s", seed, round)
          .isEqualTo(original);
    }
  }

  @Test
  void leavesATextAloneWhoseTelemetryWasEdited() {
    List<Insertion> insertions = List.of(at(1, "<<"), at(3, ">>"));
    assertEdited("a<<bc>x", insertions);
    assertEdited("a<<bc", insertions);
    assertEdited("a<", insertions);
    assertEdited("", insertions);
    assertEdited("a<<bc>>", List.of(at(3, ">>"), at(1, "<<")));
    assertEdited("a<<bc>>", List.of(at(Integer.MAX_VALUE, "<<")));
  }

  private static void assertEdited(String instrumented, List<Insertion> insertions) {
    assertThatExceptionOfType(SourceRejectedException.class)
        .isThrownBy(() -> Insertions.remove(instrumented.getBytes(UTF_8), insertions))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectReason.EDITED));
  }

  private static String applied(String text, Insertion... insertions) {
    return new String(Insertions.apply(text.getBytes(UTF_8), List.of(insertions)), UTF_8);
  }

  private static Insertion at(int offset, String text) {
    return new Insertion(offset, text);
  }

  private static String randomText(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("ab<>é\n".charAt(random.nextInt(6)));
    }
    return text.toString();
  }
}

package io.telemetryinject.coordinator.messaging;

import static io.telemetryinject.coordinator.messaging.FairWindow.AIM_NANOS;
import static io.telemetryinject.coordinator.messaging.FairWindow.LEAST;
import static io.telemetryinject.coordinator.messaging.FairWindow.QUIET_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.Language;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class FairWindowTest {
  private static final int FILE_FUNCTIONS = 20;

  private long now;
  private int underWay;
  private int files;
  private long free;
  private final Deque<Sent> queue = new ArrayDeque<>();
  private final FairWindow window = new FairWindow(() -> underWay, () -> now);

  /** A file that was sent, and when its outcomes are due. */
  private record Sent(FileRef file, long due) {}

  private FileRef send() {
    FileRef file = new FileRef("f" + files++ + ".py", "0".repeat(64), Language.PYTHON);
    underWay += FILE_FUNCTIONS;
    window.sending(file);
    return file;
  }

  private void sendAsMuchAsFits() {
    while (window.hasRoom()) {
      send();
    }
  }

  /** Sends whenever there is room, to workers that do so many functions a second, in order. */
  private int underWayAfter(long seconds, int functionsPerSecond) {
    long end = now + seconds * AIM_NANOS;
    for (; now < end; now += 1_000_000) {
      while (window.hasRoom()) {
        free = Math.max(free, now) + FILE_FUNCTIONS * AIM_NANOS / functionsPerSecond;
        queue.add(new Sent(send(), free));
      }
      while (!queue.isEmpty() && queue.peek().due() <= now) {
        underWay -= FILE_FUNCTIONS;
        window.decided(queue.remove().file());
      }
    }
    return underWay;
  }

  @Test
  void holdsBackAtFirst() {
    sendAsMuchAsFits();

    assertThat(underWay).isBetween(LEAST, LEAST + FILE_FUNCTIONS);
  }

  @Test
  void keepsAboutASecondOfWorkInTheQueuesHoweverFastTheWorkersAre() {
    for (int rate : new int[] {1_000, 20_000, 4_000}) {
      assertThat(underWayAfter(30, rate)).as("at %s a second", rate).isBetween(rate / 3, 2 * rate);
    }
  }

  @Test
  void letsMoreThroughWhenAllThatIsUnderWayWaitsForScripts() {
    sendAsMuchAsFits();
    int before = underWay;

    now += QUIET_NANOS - 1;
    sendAsMuchAsFits();
    assertThat(underWay).isEqualTo(before);

    now += 1;
    sendAsMuchAsFits();
    assertThat(underWay).isBetween(before + LEAST, before + LEAST + FILE_FUNCTIONS);
  }

  @Test
  void neverStopsForEver() {
    for (int looks = 0; underWay < 1_000_000; looks++) {
      assertThat(looks).isLessThan(100);
      sendAsMuchAsFits();
      now += QUIET_NANOS;
    }
  }
}

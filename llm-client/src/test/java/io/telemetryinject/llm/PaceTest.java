package io.telemetryinject.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In virtual time: what a provider that counts requests would see. */
class PaceTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  /** The start times of calls by limiters that always have one to make, over some minutes. */
  private static List<Long> starts(List<Pace> paces, int minutes) {
    List<Long> starts = new ArrayList<>();
    long[] next = new long[paces.size()];
    long now = 0;
    while (now < minutes * MINUTE) {
      for (int i = 0; i < next.length; i++) {
        while (next[i] <= now) {
          long wait = paces.get(i).take(now);
          if (wait == 0) {
            starts.add(now);
          }
          next[i] = now + Math.min(Math.max(1, wait), SECOND);
        }
      }
      now = Arrays.stream(next).min().orElseThrow();
    }
    return starts;
  }

  private static int mostInAnyWindow(List<Long> starts) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < starts.size(); last++) {
      while (starts.get(last) - starts.get(first) >= MINUTE) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  @ParameterizedTest
  @CsvSource({"60,1", "60,4", "60,2", "50,1", "50,5", "500,8", "4000,16", "10,1", "3,3", "1,1"})
  void keepsEveryWindowUnderTheLimitAndUsesMostOfIt(int limit, int members) {
    List<Pace> fleet =
        Stream.generate(() -> new Pace(limit, () -> 1.0 / members, 0)).limit(members).toList();

    List<Long> starts = starts(fleet, 20);

    assertThat(mostInAnyWindow(starts)).isLessThanOrEqualTo(limit);
    assertThat(starts.size() / 20.0).isGreaterThanOrEqualTo(0.9 * limit);
  }

  @Test
  void staysUnderTheLimitWhilePartsOfItMoveAbout() {
    Random random = new Random(7);
    double[] shares = {0.25, 0.25, 0.25, 0.25};
    List<Pace> fleet = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      int member = i;
      fleet.add(new Pace(60, () -> shares[member], 0));
    }
    List<Long> starts = new ArrayList<>();
    for (long now = 0; now < 60 * MINUTE; now += SECOND / 10) {
      if (now % (5 * MINUTE) == 0 && now > 0) {
        // one leaves, the others take over its part
        int gone = random.nextInt(4);
        Arrays.fill(shares, 1.0 / 3);
        shares[gone] = 0;
      }
      for (Pace pace : fleet) {
        if (pace.take(now) == 0) {
          starts.add(now);
        }
      }
    }

    assertThat(mostInAnyWindow(starts)).isLessThanOrEqualTo(60);
    assertThat(starts.size() / 60.0).isGreaterThanOrEqualTo(0.9 * 60);
  }

  @Test
  void controlBurstsWithoutPacing() {
    Pace unlimited = new Pace(0, FleetShare.alone(), 0);

    assertThat(IntStream.range(0, 1000).filter(i -> unlimited.take(0) == 0)).hasSize(1000);
  }

  @Test
  void doesNotSaveUpForBursts() {
    Pace pace = new Pace(60, FleetShare.alone(), 0);

    assertThat(pace.take(10 * MINUTE)).isZero();
    assertThat(pace.take(10 * MINUTE)).isGreaterThan(SECOND);
  }

  @Test
  void pausesWithoutAShareAndGoesOnWithOne() {
    AtomicReference<Double> share = new AtomicReference<>(0.0);
    Pace pace = new Pace(60, share::get, 0);

    assertThat(pace.take(0)).isEqualTo(Long.MAX_VALUE);
    assertThat(pace.take(MINUTE)).isEqualTo(Long.MAX_VALUE);
    share.set(1.0);
    long wait = pace.take(MINUTE);
    assertThat(wait).isBetween(0L, 2 * SECOND);
    assertThat(pace.take(MINUTE + wait)).isZero();
  }

  @Test
  void keepsEverybodyWaitingForAsLongAsTheProviderSays() {
    Pace pace = new Pace(0, FleetShare.alone(), 0);
    pace.take(0);

    pace.throttled(0, SECOND, Optional.of(Duration.ofSeconds(30)));

    assertThat(pace.take(SECOND)).isEqualTo(30 * SECOND);
    assertThat(pace.take(30 * SECOND)).isEqualTo(SECOND);
    assertThat(pace.take(31 * SECOND)).isZero();
  }

  @Test
  void halvesOnceForCallsThatWereUnderWayAndRecoversSlowly() {
    Pace pace = new Pace(60, FleetShare.alone(), 0);

    for (int call = 0; call < 8; call++) {
      pace.throttled(call, SECOND + call, Optional.of(Duration.ZERO));
    }
    assertThat(pace.factor(SECOND + 8)).isCloseTo(0.5, within(0.01));

    pace.throttled(2 * SECOND, 3 * SECOND, Optional.of(Duration.ZERO));
    assertThat(pace.factor(3 * SECOND)).isCloseTo(0.25, within(0.01));
    assertThat(pace.factor(3 * SECOND + MINUTE)).isCloseTo(0.35, within(0.01));
    assertThat(pace.factor(20 * MINUTE)).isEqualTo(1);
  }

  @Test
  void waitsLongerEachTimeAProviderDoesNotSayHowLong() {
    Pace pace = new Pace(0, FleetShare.alone(), 0);

    pace.throttled(0, 0, Optional.empty());
    long first = pace.nanosBlocked(0);
    pace.throttled(first, first, Optional.empty());

    assertThat(pace.nanosBlocked(first)).isEqualTo(2 * first);
    pace.answered();
    long later = 10 * MINUTE;
    pace.throttled(later, later, Optional.empty());
    assertThat(pace.nanosBlocked(later)).isEqualTo(first);
  }
}

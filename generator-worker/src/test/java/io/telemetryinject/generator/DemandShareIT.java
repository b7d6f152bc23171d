package io.telemetryinject.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generators that see one another through files, in a time of the test's own. */
class DemandShareIT {
  private static final int SETTLED = (int) DemandShare.SETTLED.toSeconds();

  @TempDir private Path directory;

  private final List<Member> members = new ArrayList<>();
  private long nanos;

  private final class Member {
    final DemandShare share = new DemandShare(directory, () -> Member.this.demand, () -> nanos);
    int demand;

    Member(int demand) {
      this.demand = demand;
      members.add(this);
    }
  }

  @AfterEach
  void stop() throws IOException {
    for (Member member : members) {
      member.share.close();
    }
  }

  /** All members say and look, once a second. */
  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      nanos += Duration.ofSeconds(1).toNanos();
      members.forEach(member -> member.share.beat());
    }
  }

  @Test
  void hasAllWhenItIsAloneOnceOthersMustHaveSeenIt() {
    Member member = new Member(4);

    pass(SETTLED);
    assertThat(member.share.share()).isZero();
    pass(1);
    assertThat(member.share.share()).isEqualTo(1);
  }

  @Test
  void sharesEquallyAmongThoseThatHaveWork() {
    Member busy = new Member(4);
    Member last = new Member(1);
    Member idle = new Member(0);

    pass(SETTLED + 1);

    assertThat(busy.share.share()).isEqualTo(0.5);
    assertThat(last.share.share()).isEqualTo(0.5);
    assertThat(idle.share.share()).isZero();
  }

  @Test
  void growsWhenTheOtherHasGivenItsPartUp() {
    Member member = new Member(4);
    Member other = new Member(4);
    pass(SETTLED + 1);

    other.demand = 0;
    member.share.beat();
    assertThat(member.share.share()).isEqualTo(0.5);
    other.share.beat();
    assertThat(other.share.share()).isZero();
    member.share.beat();
    assertThat(member.share.share()).isEqualTo(1);
  }

  @Test
  void settlesAnewWhenItWasSilentForSoLongThatOthersMayTakeItForGone() {
    Member member = new Member(4);
    pass(SETTLED + 1);

    nanos += DemandShare.BLIND.toNanos() + 1;
    pass(SETTLED);
    assertThat(member.share.share()).isZero();
    pass(1);
    assertThat(member.share.share()).isEqualTo(1);
  }

  @Test
  void hasNoPartWhenItHasNotSeenTheOthersForLong() {
    Member member = new Member(4);
    pass(SETTLED + 1);

    nanos += DemandShare.BLIND.toNanos() + 1;

    assertThat(member.share.share()).isZero();
  }

  @Test
  void forgetsOneThatDied() throws IOException {
    Member member = new Member(4);
    Member dead = new Member(4);
    pass(SETTLED + 1);
    members.remove(dead);
    pass(SETTLED + 1);
    assertThat(member.share.share()).isEqualTo(0.5);

    silent(dead, DemandShare.GONE.plusSeconds(1));
    pass(1);
    assertThat(member.share.share()).isEqualTo(1);
  }

  /** What others see of one that has been silent for so long. */
  private static void silent(Member member, Duration age) throws IOException {
    if (Files.exists(member.share.file())) {
      Files.setLastModifiedTime(member.share.file(), FileTime.from(Instant.now().minus(age)));
    }
  }

  /** Demands rise and fall, and members fall silent for a while, at any time. */
  @Test
  void neverGivesAwayMoreThanTheWhole() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 4; i++) {
      new Member(random.nextInt(5));
    }
    long[] said = new long[members.size()];
    long[] next = new long[members.size()];
    double most = 0;
    for (int step = 0; step < 8_000; step++) {
      nanos += Duration.ofMillis(100).toNanos();
      for (int i = 0; i < next.length; i++) {
        Member member = members.get(i);
        if (random.nextInt(80) == 0) {
          member.demand = random.nextInt(5);
        }
        if (nanos >= next[i]) {
          for (int j = 0; j < said.length; j++) {
            silent(members.get(j), Duration.ofNanos(nanos - said[j]));
          }
          member.share.beat();
          said[i] = nanos;
          next[i] = nanos + Duration.ofMillis(pause(random)).toNanos();
        }
      }
      double sum = members.stream().mapToDouble(member -> member.share.share()).sum();
      assertThat(sum).as("seed %d, step %d", seed, step).isLessThanOrEqualTo(1 + 1e-9);
      most = Math.max(most, sum);
    }
    assertThat(most).as("seed %d", seed).isCloseTo(1, within(1e-9));
  }

  private static long pause(Random random) {
    return random.nextInt(20) == 0 ? random.nextInt(8_000) : 1_000;
  }
}

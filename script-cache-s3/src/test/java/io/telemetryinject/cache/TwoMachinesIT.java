package io.telemetryinject.cache;

import static io.telemetryinject.cache.CacheFixture.key;
import static io.telemetryinject.cache.CacheFixture.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.cache.s3.S3Server;
import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bucket, and copies of its entries on two machines. */
class TwoMachinesIT {
  private static final ScriptKey KEY = key("function-returns-value");

  @TempDir Path root;
  private S3Server server;
  private CacheFixture fixture;
  private Path copies;
  private StoredScriptCache one;
  private StoredScriptCache other;

  @BeforeEach
  void start() throws Exception {
    server = S3Server.start(root);
    fixture =
        new CacheFixture(
            Files.createDirectory(root.resolve("bucket")).resolve("c"), server::store, server::raw);
    copies = root.resolve("other-copies");
    one = fixture.open().with(new LocalCopies(root.resolve("one-copies"), 1 << 20));
    other = machine(1 << 20);
  }

  private StoredScriptCache machine(long bytes) {
    return fixture.open().with(new LocalCopies(copies, bytes));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path copy(ScriptKey key) {
    return copies.resolve(key.baseName() + ".copy");
  }

  @Test
  void readsOnOneWhatTheOtherWrote() throws IOException {
    CachedScript written = one.create(script(KEY, "one\n"), 1);

    assertThat(other.latestVersion(KEY)).hasValue(1);
    assertThat(other.read(KEY, 1)).contains(written);
    assertThat(other.create(script(KEY, "two\n"), 1)).isEqualTo(written);
    assertThat(copy(KEY)).exists();
  }

  @Test
  void servesWhatIsAtHandWhileTheServerIsDown() throws IOException {
    CachedScript written = one.create(script(KEY, "one\n"), 1);
    other.read(KEY, 1);
    server.stop();
    try {
      assertThat(other.read(KEY, 1)).contains(written);
      assertThat(machine(1 << 20).read(KEY, 1))
          .as("by a process that starts now")
          .contains(written);
    } finally {
      server.restart();
    }
  }

  @Test
  void throwsADamagedCopyAwayAndReadsTheEntry() throws IOException {
    CachedScript written = one.create(script(KEY, "one\n"), 1);
    other.read(KEY, 1);
    byte[] sound = Files.readAllBytes(copy(KEY));
    for (int at = 0; at < sound.length; at += 97) {
      CacheFixture.flipBit(copy(KEY), at);
      assertThat(other.read(KEY, 1)).as("bit of byte %s", at).contains(written);
      assertThat(copy(KEY)).hasBinaryContent(sound);
      CacheFixture.flipBit(copy(KEY), at);
      assertThat(machine(1 << 20).read(KEY, 1)).contains(written);
    }
    assertThat(fixture.quarantined).as("the entry is sound").isEmpty();
  }

  @Test
  void believesNoForgedCopy() throws IOException {
    CachedScript written = one.create(script(KEY, "one\n"), 1);
    other.read(KEY, 1);
    // Given a copy of an entry that somebody else signed
    Path forger = root.resolve("forger");
    ScriptSigner foreign = Ed25519.signer(Ed25519.newPair());
    StoredScriptCache forged =
        StoredScriptCache.writing(
                new FileObjectStore(forger.resolve("c")),
                CacheFixture.CREDULOUS,
                foreign,
                (entry, reason) -> {})
            .with(new LocalCopies(forger.resolve("copies"), 1 << 20));
    forged.create(script(KEY, "evil\n"), 1);
    assertThat(forged.read(KEY, 1)).as("control: to the credulous it is sound").isPresent();
    Files.write(
        copy(KEY), Files.readAllBytes(forger.resolve("copies").resolve(KEY.baseName() + ".copy")));

    assertThat(other.read(KEY, 1)).contains(written);
    assertThat(machine(1 << 20).read(KEY, 1)).contains(written);
    assertThat(fixture.quarantined).isEmpty();
  }

  @Test
  void seesNewVersionsAndQuarantineOfTheOther() throws IOException {
    one.create(script(KEY, "one\n"), 1);
    other.read(KEY, 1);
    one.quarantine(KEY, 1, "rejected");
    one.create(script(KEY, "two\n"), 1);

    assertThat(machine(1 << 20).latestVersion(KEY)).hasValue(2);
    assertThat(one.read(KEY, 1)).as("where it was rejected").isEmpty();
  }

  @Test
  void keepsNoMoreThanItMayAndLetsTheOldestGo() throws IOException {
    for (int i = 0; i < 6; i++) {
      one.create(script(key("k" + i), "x".repeat(1_000)), 1);
    }
    StoredScriptCache small = machine(6_000);
    for (int i = 0; i < 6; i++) {
      small.read(key("k" + i), 1);
      FileTime use = FileTime.from(Instant.now().minus(Duration.ofHours(10 - i)));
      if (Files.exists(copy(key("k" + i)))) {
        Files.setLastModifiedTime(copy(key("k" + i)), use);
      }
    }
    assertThat(copy(key("k0"))).doesNotExist();
    assertThat(copy(key("k5"))).exists();
    try (Stream<Path> files = Files.list(copies)) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThanOrEqualTo(6_000);
    }
    assertThat(small.read(key("k0"), 1)).as("from the bucket").isPresent();
  }

  @Test
  void goesOnWhereItMayKeepNothing() throws IOException {
    Files.writeString(root.resolve("file"), "no directory");
    StoredScriptCache cache = fixture.open().with(new LocalCopies(root.resolve("file"), 1 << 20));
    CachedScript written = one.create(script(KEY, "one\n"), 1);
    assertThat(cache.read(KEY, 1)).contains(written);
    assertThat(cache.read(KEY, 1)).contains(written);
  }
}

package io.telemetryinject.cache;

import static io.telemetryinject.cache.CacheFixture.key;
import static io.telemetryinject.cache.CacheFixture.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of the disk and its permissions, met by a process without a superuser's powers. */
class UnusableCacheIT {
  @TempDir Path temporary;
  private CacheFixture fixture;
  private Path keyFile;

  @BeforeEach
  void fillCache() throws IOException {
    fixture = new CacheFixture(temporary.resolve("cache"));
    keyFile = temporary.resolve("keys").resolve("signing-key");
    SigningKeys keys = SigningKeys.openOrCreate(keyFile);
    StoredScriptCache.writing(
            new FileObjectStore(fixture.directory), keys.verifier(), keys.signer(), (e, r) -> {})
        .create(script(key("one"), "one\n"), 1);
  }

  @AfterEach
  void allowCleaningUp() throws IOException {
    for (String directory :
        List.of("", "metadata", "metadata/entries", "metadata/parts", "scripts/python")) {
      mode(directory, "rwxr-xr-x");
    }
  }

  @Test
  void worksAsAControl() throws Exception {
    assertThat(run(unprivileged()))
        .containsExactly("latestVersion -> OptionalInt[1]", "read -> Optional[1]", "create -> 1");
  }

  @Test
  void readsWhatItMayNotWrite() throws Exception {
    mode("metadata", "r-xr-xr-x");
    mode("metadata/entries", "r-xr-xr-x");
    mode("metadata/parts", "r-xr-xr-x");

    List<String> lines = run(unprivileged());

    assertThat(lines.subList(0, 2))
        .containsExactly("latestVersion -> OptionalInt[1]", "read -> Optional[1]");
    assertThat(lines.get(2))
        .startsWith("create -> ACCESS_DENIED cannot write " + fixture.directory)
        .contains(": permission denied|  Give this user access");
  }

  @Test
  void refusesADamagedScriptThatItMayNotMark() throws Exception {
    CacheFixture.flipBit(fixture.file("scripts/python/" + key("one").baseName() + ".py"), 0);
    mode("metadata/parts", "r-xr-xr-x");

    assertThat(run(unprivileged()))
        .anyMatch(line -> line.startsWith("QUARANTINED one_"))
        .contains("read -> Optional.empty");
  }

  @Test
  void doesNotTakeAnUnreadableScriptForADamagedOne() throws Exception {
    Files.setPosixFilePermissions(
        fixture.file("scripts/python/" + key("one").baseName() + ".py"),
        PosixFilePermissions.fromString("---------"));

    assertThat(run(unprivileged()).get(1))
        .startsWith("read -> ACCESS_DENIED cannot read")
        .contains("permission denied|  Give this user access");
    assertThat(new FileObjectStore(fixture.directory).names(EntryName.ENTRIES))
        .noneMatch(file -> EntryName.ofMarker(file).isPresent());
  }

  @Test
  void saysSoWhenTheDirectoryIsClosed() throws Exception {
    mode("", "---------");

    assertThat(run(unprivileged()))
        .hasSize(3)
        .allSatisfy(
            line -> assertThat(line).contains("-> ACCESS_DENIED").contains("permission denied|  "));
  }

  @Test
  void leavesNothingBehindWhenTheDiskIsFull() throws Exception {
    // A limit on the size of files makes writes fail in the same place as a full disk.
    List<String> lines = run(List.of("bash", "-c", "ulimit -f 20; exec \"$@\"", "bash"));

    assertThat(lines.get(2))
        .startsWith("create -> NO_SPACE cannot write " + fixture.directory)
        .contains("|  Free some space");
    assertThat(fixture.open().latestVersion(key("two"))).isEmpty();
    try (var parts = Files.list(fixture.file(PartFiles.DIRECTORY))) {
      assertThat(parts).isEmpty();
    }
  }

  /** As root, permissions bite only without the powers to override them. */
  private static List<String> unprivileged() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv to give up root");
    return List.of("/usr/bin/setpriv", "--bounding-set=-all");
  }

  private List<String> run(List<String> prefix) throws Exception {
    Path output = temporary.resolve("out");
    Process process =
        CacheProcess.start(
            output, prefix, "once", fixture.directory.toString(), keyFile.toString());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readAllLines(output).stream().filter(line -> !line.startsWith("SLF4J")).toList();
  }

  private void mode(String directory, String mode) throws IOException {
    Files.setPosixFilePermissions(fixture.file(directory), PosixFilePermissions.fromString(mode));
  }
}

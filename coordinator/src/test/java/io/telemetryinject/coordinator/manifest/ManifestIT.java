package io.telemetryinject.coordinator.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.telemetryinject.coordinator.fixture.Trees;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.Sha256;
import io.telemetryinject.model.SkipReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestIT {
  private static final String POLICY = Sha256.of("policy");
  private static final String ZERO = Sha256.of("0");

  private Path root;
  private Path journal;
  private Path manifest;

  @BeforeEach
  void makeTree(@TempDir Path directory) throws IOException {
    root = directory.toRealPath();
    journal = root.resolve(".telemetry-inject/journal.jsonl");
    manifest = root.resolve(".telemetry-inject/manifest.jsonl");
  }

  @Test
  void tellsNothingOfATreeWithoutRuns() throws IOException {
    try (Manifest read = Manifest.read(root)) {
      assertThat(read.exists()).isFalse();
      assertThat(read.paths()).isEmpty();
      assertThat(read.record("a.py")).isEmpty();
    }
  }

  @Test
  void givesBackEveryKindOfRecord() throws IOException {
    FileRecord full =
        new FileRecord(
            "shop/a b\n\"ü\u2028😀.py",
            Sha256.of("before"),
            Sha256.of("after"),
            "ISO-8859-1",
            List.of(new Insertion(0, "x"), new Insertion(7, "\r\n\t\"\\ü😀\u0000")),
            new TreeMap<>(Map.of("plain_1", List.of("f", "C.<locals>.g"))),
            2,
            List.of(
                other(new Outcome.Skipped(SkipReason.values()[0])),
                other(new Outcome.Rejected(RejectReason.COMPILE, "line 1: \n")),
                other(new Outcome.Failed(ErrorCode.LOST, ""))));
    FileRecord plain = FileRecord.untouched("b.py", ZERO, List.of());
    write(header("1"), List.of(full, plain), true);

    try (Manifest read = Manifest.read(root)) {
      assertThat(read.record(full.path())).contains(full);
      assertThat(read.record("b.py")).contains(plain);
      assertThat(read.header()).contains(header("1"));
      assertThat(read.find(full.path(), POLICY, full.before())).contains(full.outline());
      assertThat(read.find(full.path(), Sha256.of("other"), full.before())).isEmpty();
      assertThat(read.find(full.path(), POLICY, full.after())).isEmpty();
      assertThat(read.originalDigest(full.path(), full.after())).contains(full.before());
      assertThat(read.originalDigest(full.path(), full.before())).isEmpty();
    }
  }

  @Test
  void believesTheNewestRecord() throws IOException {
    write(header("1"), List.of(version("a.py", 1), version("b.py", 1)), true);
    write(header("2"), List.of(version("a.py", 2), version("a.py", 3)), false);

    try (Manifest read = Manifest.read(root)) {
      assertThat(read.record("a.py")).contains(version("a.py", 3));
      assertThat(read.record("b.py")).contains(version("b.py", 1));
      assertThat(read.header()).contains(header("2"));
      assertThat(read.runtime()).containsExactly("1/rt.py", "2/rt.py");
    }
  }

  @Test
  void completesInPathOrderWithTheFilesOfThisRunOnly() throws IOException {
    write(header("1"), List.of(version("gone.py", 1)), false);
    write(header("2"), List.of(version("b.py", 1), version("a.py", 1), version("b.py", 2)), true);

    assertThat(journal).doesNotExist();
    List<String> lines = Files.readAllLines(manifest);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("{\"format\":1,");
    assertThat(lines.get(1)).contains("a.py", version("a.py", 1).after());
    assertThat(lines.get(2)).contains("b.py", version("b.py", 2).after());
  }

  @Test
  void keepsLinesThatAreLongerThanAnyBuffer() throws IOException {
    FileRecord big =
        new FileRecord(
            "big.py",
            ZERO,
            Sha256.of("1"),
            "UTF-8",
            List.of(new Insertion(3, "x".repeat(1 << 18))),
            new TreeMap<>(),
            0,
            List.of());
    write(header("1"), List.of(version("a.py", 1), big, version("z.py", 1)), true);

    try (Manifest read = Manifest.read(root)) {
      assertThat(read.record("big.py")).contains(big);
      assertThat(read.record("z.py")).contains(version("z.py", 1));
    }
  }

  /** As an older program wrote them, or somebody by hand. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"path\"",
        "{\"lengths\":[1,1],\"path\"",
        "{\"lengths\":[99999,1],\"path\"",
        "{\"lengths\":[9999999999,9999999999],\"path\"",
        "{\"lengths\":[12],\"path\""
      })
  void readsLinesWholeWhoseLengthsAreNotTrue(String start) throws IOException {
    write(header("1"), List.of(version("a.py", 1), version("b.py", 1)), true);
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replaceAll("\\{\"lengths\":\\[\\d+,\\d+],\"path\"", start));
    assertThat(Files.readString(manifest)).as("control").isNotEqualTo(text);

    try (Manifest read = Manifest.read(root)) {
      assertThat(read.record("a.py")).contains(version("a.py", 1));
      assertThat(read.record("b.py")).contains(version("b.py", 1));
    }
  }

  @Test
  void passesOverALastLineWithoutItsBreak() throws IOException {
    write(header("1"), List.of(version("a.py", 1), version("b.py", 1)), true);
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.stripTrailing());

    try (Manifest read = Manifest.read(root)) {
      assertThat(read.paths()).containsExactly("a.py");
    }
  }

  @Test
  void refusesARecordThatIsAnotherWhenItIsReadWhole() throws IOException {
    write(header("1"), List.of(version("a.py", 1)), true);
    String text = Files.readString(manifest);
    String more = "],\"path\":\"b.py\",\"x\":[";
    Files.writeString(
        manifest,
        Pattern.compile("(\"lengths\":\\[\\d+,)(\\d+)")
            .matcher(text.replace("\"insertions\":[", "\"insertions\":[" + more))
            .replaceAll(m -> m.group(1) + (Integer.parseInt(m.group(2)) + more.length())));

    try (Manifest read = Manifest.read(root)) {
      assertThat(read.paths()).containsExactly("a.py");
      assertThatIOException()
          .isThrownBy(() -> read.record("a.py"))
          .withMessageContaining("line of a.py contradicts itself");
    }
  }

  @Test
  void takesLinesOverFromAnEarlierRunWhereverTheyLie() throws IOException {
    write(header("1"), List.of(version("a.py", 1), version("b.py", 1), version("c.py", 1)), true);
    CarriedRecord link = new CarriedRecord("bb", CarriedRecord.Kind.LINK, "a.py");
    try (Manifest earlier = Manifest.read(root);
        Journal next = Journal.open(root, header("2"))) {
      next.note(link);
      next.note(version("b.py", 2));
      next.takeOver("a.py", earlier);
      next.takeOver("c.py", earlier);
      next.complete();
    }
    try (Manifest earlier = Manifest.read(root);
        Journal next = Journal.open(root, header("3"))) {
      for (String path : List.of("a.py", "bb", "b.py", "c.py")) {
        next.takeOver(path, earlier);
      }
      next.complete();
    }

    try (Manifest read = Manifest.read(root)) {
      assertThat(read.paths()).containsExactlyInAnyOrder("a.py", "b.py", "c.py");
      assertThat(read.record("a.py")).contains(version("a.py", 1));
      assertThat(read.record("b.py")).contains(version("b.py", 2));
      assertThat(read.record("c.py")).contains(version("c.py", 1));
      assertThat(read.carried()).containsExactly(Map.entry("bb", link));
    }
  }

  @Test
  void passesOverALineThatWasCutOffAtAnyByte() throws IOException {
    write(header("1"), List.of(version("a.py", 1), version("b.py", 1)), false);
    byte[] whole = Files.readAllBytes(journal);
    int lastLine = lastLineOf(whole);
    for (int length = lastLine; length < whole.length - 1; length++) {
      Files.write(journal, Arrays.copyOf(whole, length));
      try (Manifest read = Manifest.read(root)) {
        assertThat(read.paths()).as("cut to %d bytes", length).containsExactly("a.py");
      }
      write(header("1"), List.of(version("c.py", 1)), false);
      try (Manifest read = Manifest.read(root)) {
        assertThat(read.paths()).as("resumed").containsExactlyInAnyOrder("a.py", "c.py");
        assertThat(read.record("c.py")).contains(version("c.py", 1));
      }
    }
  }

  @Test
  void passesOverAHeaderThatWasCutOffAtAnyByte() throws IOException {
    write(header("1"), List.of(), false);
    byte[] whole = Files.readAllBytes(journal);
    for (int length = 0; length < whole.length - 1; length++) {
      Files.write(journal, Arrays.copyOf(whole, length));
      try (Manifest read = Manifest.read(root)) {
        assertThat(read.exists()).as("cut to %d bytes", length).isFalse();
      }
      write(header("1"), List.of(version("a.py", 1)), false);
      try (Manifest read = Manifest.read(root)) {
        assertThat(read.header()).contains(header("1"));
        assertThat(read.paths()).containsExactly("a.py");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"format\":2}", "{\"format\":2,\"run\":7,\"files\":[]}"})
  void refusesAnotherFormat(String line) {
    Trees.write(manifest, line + "\n");

    assertThatIOException().isThrownBy(() -> Manifest.read(root));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a.py", "/etc/passwd", "", "a/../../b", "nul\\u0000.py"})
  void doesNotBelieveRecordsOfPathsOutsideTheTree(String path) throws IOException {
    write(header("1"), List.of(version("a.py", 1)), true);
    String forged = Files.readString(manifest).replace("\"a.py\"", "\"" + path + "\"");
    Files.writeString(manifest, forged);

    try (Manifest read = Manifest.read(root)) {
      assertThat(read.exists()).isTrue();
      assertThat(read.paths()).isEmpty();
    }
  }

  @Test
  void resumesAfterAKillBetweenManifestAndTheJournalsEnd() throws IOException {
    write(header("1"), List.of(version("a.py", 1)), false);
    byte[] leftOver = Files.readAllBytes(journal);
    write(header("1"), List.of(version("a.py", 1), version("b.py", 1)), true);
    Files.write(journal, leftOver);
    Files.write(root.resolve(".telemetry-inject/manifest.jsonl.part"), new byte[] {1});

    write(header("1"), List.of(version("a.py", 1), version("b.py", 1)), true);

    try (Manifest read = Manifest.read(root)) {
      assertThat(read.paths()).containsExactlyInAnyOrder("a.py", "b.py");
    }
    assertThat(root.resolve(".telemetry-inject")).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void writesThroughNoLinkThatWasPlantedForIt() throws IOException {
    Path victim = Trees.write(root.resolve("victim"), "precious");
    Files.createDirectory(journal.getParent());
    Files.createSymbolicLink(journal, victim);
    assertThatIOException().isThrownBy(() -> Journal.open(root, header("1")));

    Files.delete(journal);
    Files.createSymbolicLink(manifest.resolveSibling("manifest.jsonl.part"), victim);
    write(header("1"), List.of(version("a.py", 1)), true);

    assertThat(victim).hasContent("precious");
  }

  @Test
  void keepsNoJournalInADirectoryThatIsALink() throws IOException {
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    Files.createSymbolicLink(journal.getParent(), elsewhere);

    assertThatIOException().isThrownBy(() -> Journal.open(root, header("1")));
    assertThat(elsewhere).isEmptyDirectory();
  }

  private void write(ManifestHeader header, List<FileRecord> records, boolean complete)
      throws IOException {
    try (Journal open = Journal.open(root, header)) {
      open.append(records);
      if (complete) {
        open.complete();
      }
    }
  }

  private static int lastLineOf(byte[] bytes) {
    int at = bytes.length - 1;
    while (bytes[at - 1] != '\n') {
      at--;
    }
    return at;
  }

  private static ManifestHeader header(String run) {
    return new ManifestHeader(
        ManifestHeader.FORMAT,
        new RunId(Sha256.of(run)),
        POLICY,
        RunBasis.unknown(),
        List.of(run + "/rt.py"));
  }

  private static FileRecord version(String path, int version) {
    return new FileRecord(
        path,
        ZERO,
        Sha256.of("version " + version),
        "UTF-8",
        List.of(new Insertion(version, "é")),
        new TreeMap<>(),
        0,
        List.of());
  }

  private static FunctionRecord other(Outcome outcome) {
    return new FunctionRecord("f", 3, outcome);
  }
}

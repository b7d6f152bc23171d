package io.telemetryinject.coordinator;

import static io.telemetryinject.coordinator.fixture.Trees.FUNCTION;
import static io.telemetryinject.coordinator.fixture.Trees.write;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.coordinator.fixture.Answers;
import io.telemetryinject.coordinator.fixture.FileReads;
import io.telemetryinject.coordinator.fixture.TestRun;
import io.telemetryinject.coordinator.fixture.Trees;
import io.telemetryinject.coordinator.policy.Selection;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RunPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without git: contents of the input are compared, the output's are not read. */
class IncrementalIT {
  private Path input;
  private Path output;

  @BeforeEach
  void makeTree(@TempDir Path directory) throws IOException {
    input = directory.toRealPath().resolve("in");
    output = input.resolveSibling("out");
    write(input.resolve("a.py"), FUNCTION);
    write(input.resolve("pkg/__init__.py"), "");
    write(input.resolve("pkg/b.py"), FUNCTION + "\n\n" + FUNCTION.replace("f(", "g("));
    write(input.resolve("pkg/data.txt"), "data\n");
    write(input.resolve("tools/run.py"), "#!/usr/bin/env python3\n" + FUNCTION);
    Files.createSymbolicLink(input.resolve("link.py"), Path.of("a.py"));
    Files.createDirectory(input.resolve("empty"));
  }

  @Test
  void writesNothingWhenNothingChanged() throws Exception {
    run();
    Map<String, Object> before = identities(output);

    TestRun again = run();

    assertThat(again.published()).isZero();
    assertThat(again.remarks()).isEmpty();
    assertThat(identities(output)).isEqualTo(before);
  }

  @Test
  void readsNoInputThatThisMachineKnows() throws Exception {
    Path memory = input.resolveSibling("memory");
    TestRun first = TestRun.of(input).to(output).incrementally().remembering(memory);
    Thread.sleep(2_100); // what was just written is not relied on
    first.run();
    TestRun second = TestRun.of(input).to(output).incrementally().remembering(memory);

    assertThat(FileReads.during(second::run)).noneMatch(path -> path.startsWith(input));
    assertThat(second.published()).isZero();

    write(input.resolve("a.py"), FUNCTION + "# edited\n");
    TestRun third = TestRun.of(input).to(output).incrementally().remembering(memory);
    Set<Path> reads = FileReads.during(third::run);
    assertThat(reads.stream().filter(path -> path.startsWith(input)).toList())
        .containsExactly(input.resolve("a.py"));
    assertAsAFullRunWould();
  }

  @Test
  void noticesAnEditUnderAManifestWhoseModeWasChangedAfterwards() throws Exception {
    run();
    Path file = output.resolve("a.py");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "edited = True\n");
    Files.setLastModifiedTime(file, time);
    Thread.sleep(20);
    Files.setPosixFilePermissions(
        output.resolve(".telemetry-inject/manifest.jsonl"),
        PosixFilePermissions.fromString("rw-rw-r--"));

    assertThat(run().remarks()).singleElement().asString().contains("a.py");
    assertAsAFullRunWould();
  }

  @Test
  void readsNothingOfTheOutputButItsManifest() throws Exception {
    run();
    write(input.resolve("a.py"), FUNCTION + "# edited\n");

    Set<Path> reads = FileReads.during(this::run);

    assertThat(reads).contains(input.resolve("a.py"), input.resolve("pkg/data.txt"));
    assertThat(reads.stream().filter(p -> p.startsWith(output)).toList())
        .allMatch(p -> p.startsWith(output.resolve(".telemetry-inject")));
    assertAsAFullRunWould();
  }

  @Test
  void doesOnlyWhatWasEdited() throws Exception {
    run();
    Map<String, Object> before = identities(output);
    write(input.resolve("a.py"), FUNCTION + "# edited\n");

    TestRun again = run();

    assertThat(again.published()).isEqualTo(1);
    Map<String, Object> after = identities(output);
    assertThat(after.get("pkg/b.py")).isEqualTo(before.get("pkg/b.py"));
    assertThat(after.get("pkg/data.txt")).isEqualTo(before.get("pkg/data.txt"));
    assertThat(after.get("a.py")).isNotEqualTo(before.get("a.py"));
    assertAsAFullRunWould();
  }

  @Test
  void noticesAnEditThatKeepsSizeAndTime() throws Exception {
    run();
    for (String name : new String[] {"pkg/data.txt", "a.py"}) {
      FileTime time = Files.getLastModifiedTime(input.resolve(name));
      String text = Files.readString(input.resolve(name));
      write(input.resolve(name), text.replace("a", "b"));
      Files.setLastModifiedTime(input.resolve(name), time);
    }

    run();

    assertThat(output.resolve("pkg/data.txt")).hasContent("dbtb\n");
    assertAsAFullRunWould();
  }

  @Test
  void followsEveryKindOfChange() throws Exception {
    run();
    Files.delete(input.resolve("pkg/b.py"));
    Files.delete(input.resolve("pkg/data.txt"));
    Files.move(input.resolve("tools/run.py"), input.resolve("tools/walk.py"));
    Files.delete(input.resolve("link.py"));
    Files.createSymbolicLink(input.resolve("link.py"), Path.of("tools/walk.py"));
    Files.delete(input.resolve("empty"));
    write(input.resolve("new folder/n.py"), FUNCTION);
    write(input.resolve("new.bin"), new byte[] {0, -1, 13});
    chmod("a.py", "rwxr-x---");
    chmod("pkg/__init__.py", "rw-rw-r--");
    chmod("tools", "rwx------");

    run();

    assertThat(output.resolve("pkg/data.txt")).doesNotExist();
    assertThat(output.resolve("tools/run.py")).doesNotExist();
    assertThat(output.resolve("empty")).doesNotExist();
    assertAsAFullRunWould();
  }

  @Test
  void followsAFileThatBecomesAFolderAndBack() throws Exception {
    run();
    Files.delete(input.resolve("a.py"));
    Files.delete(input.resolve("link.py"));
    write(input.resolve("a.py/inner.py"), FUNCTION);
    write(input.resolve("link.py/inner.txt"), "text");
    Trees.delete(input.resolve("tools"));
    write(input.resolve("tools"), "a file now");
    run();
    assertAsAFullRunWould();

    Trees.delete(input.resolve("a.py"));
    write(input.resolve("a.py"), FUNCTION);
    run();
    assertAsAFullRunWould();
  }

  @Test
  void followsGlobsAndTheFunctionsThatArePicked() throws Exception {
    run();
    TestRun.of(input).to(output).incrementally().excluding("pkg/b.py").run();
    assertThat(output.resolve("pkg/b.py")).hasSameBinaryContentAs(input.resolve("pkg/b.py"));
    Path fresh = input.resolveSibling("fresh0");
    TestRun.of(input).to(fresh).excluding("pkg/b.py").run();
    assertSame(output, fresh);

    run();
    assertAsAFullRunWould();

    Selection methods = new Selection(0, EnumSet.of(Selection.Kind.METHOD));
    TestRun picky = TestRun.of(input).to(output).incrementally().selecting(methods);
    picky.run();
    assertThat(picky.remarks()).singleElement().asString().contains("the policy");
    assertThat(output.resolve("a.py")).hasSameBinaryContentAs(input.resolve("a.py"));
  }

  @Test
  void doesEverythingUnderAnotherPolicyOrKeyKind() throws Exception {
    run();
    for (RunPolicy other :
        new RunPolicy[] {
          new RunPolicy(ExceptionPolicy.IGNORE, KeyKind.SHAPE, false),
          new RunPolicy(ExceptionPolicy.IGNORE, KeyKind.SIGNATURE, false)
        }) {
      TestRun again = TestRun.of(input).to(output).incrementally().under(other);
      again.run();

      assertThat(again.published()).isEqualTo(4);
      assertThat(again.remarks()).singleElement().asString().contains("everything is done");
      Path fresh = input.resolveSibling("fresh" + other.keyKind());
      TestRun.of(input).to(fresh).under(other).run();
      assertSame(output, fresh);
    }
  }

  @Test
  void doesAgainWhatFailed() throws Exception {
    TestRun.of(input)
        .to(output)
        .answeredBy(
            task ->
                task.qualifiedName().equals("g")
                    ? new Outcome.Failed(ErrorCode.SCRIPT, "no luck")
                    : Answers.outcome(task))
        .run();

    TestRun again = run();

    assertThat(again.published()).isEqualTo(2);
    assertAsAFullRunWould();
  }

  @Test
  void mendsAnOutputThatSomebodyEdited() throws Exception {
    run();
    write(output.resolve("a.py"), "edited\n");
    write(output.resolve("pkg/data.txt"), "EDITED");
    Files.delete(output.resolve("pkg/b.py"));
    Files.delete(output.resolve("_telemetry_utils.py"));

    TestRun again = run();

    assertThat(again.remarks()).singleElement().asString().contains("3 files", "a.py");
    assertThat(again.published()).isEqualTo(3);
    assertAsAFullRunWould();
  }

  @Test
  void mendsAFileWhoseSizeAndTimeSomebodyForged() throws Exception {
    run();
    Path file = output.resolve("pkg/b.py");
    FileTime time = Files.getLastModifiedTime(file);
    write(file, Files.readString(file).replace("return a", "return b"));
    Files.setLastModifiedTime(file, time);

    run();

    assertAsAFullRunWould();
  }

  @Test
  void mendsAFolderThatSomebodyMovedThere() throws Exception {
    write(input.resolve("pkg/c.py"), FUNCTION);
    Path other = input.resolveSibling("other");
    Files.createDirectories(other.resolve("pkg"));
    write(other.resolve("pkg/b.py"), "old = 1\n");
    run();
    Trees.delete(output.resolve("pkg"));
    Files.move(other.resolve("pkg"), output.resolve("pkg"));

    run();

    assertAsAFullRunWould();
  }

  @Test
  void leavesAloneWhatSomebodyElsePutThere() throws Exception {
    run();
    write(output.resolve("theirs/notes.txt"), "theirs");
    write(output.resolve("empty/notes.txt"), "theirs");
    Files.delete(input.resolve("empty"));

    run();

    assertThat(output.resolve("theirs/notes.txt")).hasContent("theirs");
    assertThat(output.resolve("empty/notes.txt")).hasContent("theirs");
  }

  @Test
  void carriesOnAfterAKillAndSaysSo() throws Exception {
    run();
    write(input.resolve("a.py"), FUNCTION + "# edited\n");
    write(input.resolve("tools/run.py"), FUNCTION + "# edited\n");
    Files.delete(input.resolve("pkg/data.txt"));
    TestRun.of(input).to(output).incrementally().runUntilTask(2);
    assertThat(output.resolve(".telemetry-inject/journal.jsonl")).exists();
    write(input.resolve("pkg/more.txt"), "more");

    TestRun again = run();

    assertThat(again.remarks()).singleElement().asString().contains("was not completed");
    assertAsAFullRunWould();
    assertThat(run().remarks()).isEmpty();
  }

  @Test
  void doesEverythingWhenTheManifestIsGoneOrStrange() throws Exception {
    run();
    Path manifest = output.resolve(".telemetry-inject/manifest.jsonl");
    Files.delete(manifest);
    assertThat(run().remarks()).singleElement().asString().contains("is gone");
    assertAsAFullRunWould();

    write(manifest, "{\"format\":99,\"run\":\"x\",\"policy\":\"y\",\"runtime\":[]}\n");
    assertThat(run().remarks()).singleElement().asString().contains("format 99");
    assertAsAFullRunWould();
  }

  @Test
  void readsACopyOfAnOutputAgain() throws Exception {
    run();
    Path copy = output.resolveSibling("copy");
    Trees.copy(output, copy);
    write(copy.resolve("a.py"), "edited before it was copied\n");

    TestRun again = TestRun.of(input).to(copy).incrementally();
    again.run();

    assertSame(copy, output);
    assertThat(again.published()).isEqualTo(1);
  }

  private TestRun run() throws Exception {
    TestRun run = TestRun.of(input).to(output).incrementally();
    run.run();
    return run;
  }

  private void assertAsAFullRunWould() throws Exception {
    Path fresh = Files.createTempDirectory(input.getParent(), "fresh");
    TestRun.of(input).to(fresh).run();
    assertSame(output, fresh);
    Trees.delete(fresh);
  }

  private static void assertSame(Path actual, Path expected) {
    assertThat(Trees.contentAndModes(actual)).isEqualTo(Trees.contentAndModes(expected));
  }

  private void chmod(String path, String mode) throws IOException {
    Files.setPosixFilePermissions(input.resolve(path), PosixFilePermissions.fromString(mode));
  }

  private static Map<String, Object> identities(Path root) throws IOException {
    Map<String, Object> identities = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        identities.put(
            root.relativize(path).toString(),
            Files.readAttributes(path, "unix:ino,ctime", NOFOLLOW_LINKS));
      }
    }
    return identities;
  }
}

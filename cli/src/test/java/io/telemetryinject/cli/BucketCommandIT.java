package io.telemetryinject.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.inject.TestBucket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BucketCommandIT {
  @RegisterExtension static final WarmCache WARM = new WarmCache();

  @TempDir private Path home;
  private Path input;

  @BeforeEach
  void makeInput() throws Exception {
    WARM.copyTo(home);
    input = Files.createDirectories(home.resolve("tree"));
    Files.writeString(input.resolve("app.py"), WarmCache.SOURCE);
    System.setProperty("aws.accessKeyId", TestBucket.IDENTITY);
    System.setProperty("aws.secretAccessKey", TestBucket.CREDENTIAL);
  }

  @AfterEach
  void forgetCredentials() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  /** Without the options that a test's other commands have. */
  private Command onBucket(TestBucket bucket, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--cache", "s3://bucket/nightly"));
    all.addAll(List.of("--s3-endpoint", bucket.endpoint().toString()));
    all.addAll(List.of("--cache-copies", home.resolve("copies").toString()));
    all.addAll(List.of("--signing-key", home.resolve("key").resolve("signing-key").toString()));
    all.addAll(List.of("--python", CommandProcess.PYTHON, "--max-workers", "1"));
    return Command.runExactly(all.toArray(String[]::new));
  }

  @Test
  void runsLooksAfterAndClearsACacheInABucket() throws Exception {
    Path objects = home.resolve("s3/bucket/nightly");
    try (TestBucket bucket = new TestBucket(home.resolve("s3"))) {
      // Given the scripts of an earlier run in the bucket
      Files.createDirectories(objects.getParent());
      TestTree.copy(home.resolve("cache"), objects);

      Command run = onBucket(bucket, "--input", input.toString());
      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(run.out()).contains("2 applied", "cache hits  2 of 2", "scripts     0 generated");

      Command looked = onBucket(bucket, "--cache-stats", "--cache-validate");
      assertThat(looked.exitCode()).as(looked.toString()).isZero();
      assertThat(looked.out())
          .contains("2 scripts checked, 2 tried again: all sound")
          .contains("Cache Statistics: s3://bucket/nightly/")
          .contains("Total scripts: 2 (0 quarantined)")
          .contains("Hit rate: 50.0%");

      Command cleared = onBucket(bucket, "--cache-clear", "--yes");
      assertThat(cleared.out()).contains("Removed 2 scripts (all)");
      assertThat(objects.resolve("scripts")).as("empty directories go, too").doesNotExist();
    }
  }

  @Test
  void putsItsResultIntoABucketAndBuildsOnItFromAnotherMachine() throws Exception {
    Path objects = home.resolve("s3/bucket/nightly");
    Path plain = home.resolve("plain");
    Files.writeString(input.resolve("with space.txt"), "text");
    assertThat(input.resolve("run.sh").toFile().createNewFile()).isTrue();
    assertThat(input.resolve("run.sh").toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(input.resolve("link"), Path.of("run.sh"));
    try (TestBucket bucket = new TestBucket(home.resolve("s3"))) {
      String[] output = {
        "--input",
        input.toString(),
        "--output",
        "s3://bucket/nightly",
        "--s3-endpoint",
        bucket.endpoint().toString(),
        "--incremental"
      };
      Command first = Command.run(home, output);
      assertThat(first.exitCode()).as(first.toString()).isZero();
      assertThat(first.out()).contains("result      s3://bucket/nightly");
      assertThat(first.err()).contains("no complete result lies at s3://bucket/nightly yet");
      Command.run(home, "--input", input.toString(), "--output", plain.toString());
      assertThat(objects.resolve("app.py")).hasSameTextualContentAs(plain.resolve("app.py"), UTF_8);
      assertThat(objects.resolve("with space.txt")).hasContent("text");

      // When another machine goes on, with an edited, a new and a vanished file
      TestTree.delete(home.resolve("cache/outputs"));
      Files.writeString(input.resolve("more.py"), "def more():\n    return 1\n");
      Files.delete(input.resolve("with space.txt"));
      Command second = Command.run(home, output);

      assertThat(second.exitCode()).as(second.toString()).isZero();
      assertThat(second.err()).containsPattern("[1-9] of [1-9] files fetched");
      assertThat(objects.resolve("more.py")).content().contains("_tel.func_entry");
      assertThat(objects.resolve("with space.txt")).doesNotExist();

      Command third = Command.run(home, output);
      assertThat(third.err()).containsPattern(" 0 of [1-9][0-9]* files sent to .*, 0 removed");
    }
  }

  @Test
  void sharesWhatItCachesBetweenEmbeddedAndOtherRuns() {
    Command embedded = Command.run(home, "--input", input.toString(), "--embedded");

    assertThat(embedded.exitCode()).as(embedded.toString()).isZero();
    assertThat(embedded.out()).contains("2 applied", "cache hits  2 of 2");
    assertThat(embedded.err()).doesNotContain("Exception").doesNotContain("does not answer");
    Command validated = Command.run(home, "--cache-validate");
    assertThat(validated.out()).contains("2 scripts checked, 2 tried again: all sound");
  }

  /** As the default is: no bucket could have that name. */
  @Test
  void embedsACacheWhoseNameBeginsWithADot() throws Exception {
    Path hidden = home.resolve(".telemetry_cache");
    TestTree.copy(home.resolve("cache"), hidden);

    Command embedded =
        Command.runExactly(
            "--input",
            input.toString(),
            "--embedded",
            "--cache-dir",
            hidden.toString(),
            "--signing-key",
            home.resolve("key").resolve("signing-key").toString(),
            "--python",
            CommandProcess.PYTHON);

    assertThat(embedded.exitCode()).as(embedded.toString()).isZero();
    assertThat(embedded.out()).contains("2 applied", "cache hits  2 of 2");
  }

  @Test
  void saysWhichOptionsDoNotGoTogether() {
    assertThat(run("--cache", "s3://b/p", "--cache-dir", "x").err())
        .contains("--cache and --cache-dir exclude one another");
    assertThat(run("--s3-endpoint", "http://localhost:1").err())
        .contains("--s3-endpoint has no bucket")
        .contains("Name one with --cache s3://BUCKET/PREFIX.");
    assertThat(run("--cache", "gs://b/p").err())
        .contains("gs://b/p is not of the form s3://BUCKET/PREFIX");
    assertThat(run("--cache", "s3://b/p", "--s3-endpoint", "localhost:9000").err())
        .contains("the S3 endpoint localhost:9000 is no http:// or https:// address");
  }

  private Command run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--input", input.toString()));
    all.addAll(List.of(arguments));
    Command command = Command.runExactly(all.toArray(String[]::new));
    assertThat(command.exitCode()).isEqualTo(ExitCode.USAGE);
    return command;
  }
}

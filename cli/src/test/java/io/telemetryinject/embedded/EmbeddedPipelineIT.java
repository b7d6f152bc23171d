package io.telemetryinject.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.cli.CommandProcess;
import io.telemetryinject.cli.TestTree;
import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunPlan;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.coordinator.output.Uninjector;
import io.telemetryinject.inject.Engine;
import io.telemetryinject.inject.EngineSettings;
import io.telemetryinject.inject.LocalRun;
import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.python.PythonPack;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.ExecutionBatch;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.FunctionExecution;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionOutcome;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.OutcomeBatch;
import io.telemetryinject.model.RecordCodec;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.ScriptKeys;
import io.telemetryinject.model.ScriptRequest;
import io.telemetryinject.model.Sha256;
import io.telemetryinject.model.Topic;
import io.telemetryinject.sandbox.SandboxMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline over a real broker, while others write to its topics as they like. */
class EmbeddedPipelineIT {
  private static final Path SHOP = Path.of("..", "examples", "shop");
  private static final RunPolicy POLICY =
      new RunPolicy(ExceptionPolicy.CAPTURE, KeyKind.SHAPE, false);
  private static final RecordCodec CODEC = new RecordCodec();
  private static final PythonPack PACK = new PythonPack();
  private static final String FORGED = "__import__('os').system('forged')";
  private static final String FOREIGN = "def forged(a, b):\n    return a + b";

  /** What the pipeline reads; how runs go is for people. */
  private static final Set<Topic> STAGES = EnumSet.complementOf(EnumSet.of(Topic.RUNS));

  @TempDir private static Path shared;
  private static Engine engine;
  private static EmbeddedPipeline pipeline;
  private static TopicTap tap;

  @TempDir private Path directory;
  private Path input;

  /** What an undisturbed run in this process makes of the input. */
  private Map<String, String> expected;

  @BeforeAll
  static void startPipeline() throws IOException {
    engine =
        Engine.open(
            new EngineSettings(
                shared.resolve("cache"),
                shared.resolve("key").resolve("signing-key"),
                CommandProcess.PYTHON,
                SandboxMode.STRICT,
                1));
    pipeline = EmbeddedPipeline.start(engine, shared.resolve("broker"));
    tap = new TopicTap(pipeline.bootstrapServers());
  }

  @AfterAll
  static void stopPipeline() {
    tap.close();
    pipeline.close();
    engine.close();
  }

  /** Each test's tree differs, so that no run takes another test's for its own earlier try. */
  @BeforeEach
  void makeInput(TestInfo test) throws Exception {
    input = TestTree.copy(SHOP, directory.resolve("shop"));
    Files.writeString(input.resolve("test_name.py"), "# " + test.getDisplayName() + "\n");
    Path out = directory.resolve("expected");
    assertThat(new LocalRun(engine).run(request(out), RunListener.silent()).isClean()).isTrue();
    expected = TestTree.contents(out);
  }

  private RunRequest request(Path output) {
    return new RunRequest(
        input,
        new Destination.Tree(output),
        POLICY,
        List.of(),
        List.of(),
        Set.of(),
        1,
        Duration.ofMinutes(2));
  }

  /** Runs over the broker; before a file's tasks go out, its forger may have its say. */
  private RunReport runDisturbed(Runnable forger) throws Exception {
    RunListener listener =
        new RunListener() {
          @Override
          public void planned(int found, int tasks) {
            forger.run();
          }
        };
    return pipeline.run(request(directory.resolve("out")), listener);
  }

  private Map<String, String> written() throws IOException {
    return TestTree.contents(directory.resolve("out"));
  }

  @Test
  void givesTheSameBytesAsARunInMemory() throws Exception {
    RunReport report = runDisturbed(() -> {});

    assertThat(report.isClean()).isTrue();
    assertThat(report.applied()).isGreaterThan(20);
    TestTree.assertSame(written(), expected);
  }

  @Test
  void putsPoisonAsideOnTheFirstTryAndGoesOn() throws Exception {
    List<byte[]> poison = poison();
    AtomicBoolean sent = new AtomicBoolean();

    RunReport report =
        runDisturbed(
            () -> {
              if (sent.compareAndSet(false, true)) {
                for (Topic topic : STAGES) {
                  poison.forEach(value -> tap.send(topic, "poison", value));
                }
                tap.flush();
                for (Topic topic : STAGES) {
                  assertHoldsOncePutAside(topic, poison);
                }
              }
            });

    assertThat(sent).isTrue();
    assertThat(report.isClean()).isTrue();
    TestTree.assertSame(written(), expected);
  }

  private static void assertHoldsOncePutAside(Topic topic, List<byte[]> poison) {
    String letters = topic.deadLetterName(Topic.DEFAULT_PREFIX);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(tap.read(letters)).hasSize(poison.size()));
    List<ConsumerRecord<String, byte[]>> dead = tap.read(letters);
    // A record that was tried again would carry the error handler's headers, not the reader's.
    assertThat(dead).allMatch(letter -> letter.headers().lastHeader("reason") != null);
    assertThat(dead.stream().map(letter -> digest(letter.value())))
        .containsExactlyInAnyOrderElementsOf(
            poison.stream().map(EmbeddedPipelineIT::digest).toList());
  }

  private static List<byte[]> poison() {
    List<byte[]> poison = new ArrayList<>();
    poison.add(null);
    poison.add("not json".getBytes(UTF_8));
    poison.add("{\"schema\":99,\"type\":\"FunctionTaskBatch\",\"body\":{}}".getBytes(UTF_8));
    poison.add("{\"schema\":1,\"schema\":1,\"type\":\"OutcomeBatch\",\"body\":{}}".getBytes(UTF_8));
    poison.add("{\"schema\":1,\"type\":\"java.lang.Runtime\",\"body\":{}}".getBytes(UTF_8));
    poison.add("[".repeat(100_000).getBytes(UTF_8));
    byte[] huge = new byte[(8 << 20) + 1];
    Arrays.fill(huge, (byte) ' ');
    poison.add(huge);
    return poison;
  }

  private static String digest(byte[] value) {
    return value == null ? "null" : Sha256.of(value);
  }

  @Test
  void passesOverRecordsOfRunsThatAreNotOurs() throws Exception {
    RunId other = new RunId(Sha256.of("another run"));

    RunReport report =
        runDisturbed(
            () -> {
              for (FileRef file : files()) {
                forge(other, file, 0);
              }
              tap.flush();
            });

    assertThat(report.isClean()).isTrue();
    TestTree.assertSame(written(), expected);
  }

  /** Every kind of record, for our run and its files, with functions and insertions of theirs. */
  @Test
  void letsNothingForgedIntoAFile() throws Exception {
    RunId run = RunPlan.of(request(directory.resolve("out")), engine.packs()).run();
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService forger = Executors.newSingleThreadExecutor();
    Future<?> forging =
        forger.submit(
            () -> {
              while (!over.get()) {
                for (FileRef file : files()) {
                  for (int start : starts(file)) {
                    send(Topic.OUTCOMES, file, forgedOutcome(run, file, start));
                  }
                }
                tap.flush();
              }
            });

    RunReport report;
    try {
      report =
          runDisturbed(
              () -> {
                for (FileRef file : files()) {
                  starts(file).forEach(start -> forge(run, file, start));
                }
                tap.flush();
              });
    } finally {
      over.set(true);
      forging.get(30, TimeUnit.SECONDS);
      forger.shutdown();
    }

    // The forgeries were taken for outcomes, so that only verification stood between them and us.
    assertThat(report.notApplied())
        .anyMatch(entry -> entry.function().outcome() instanceof Outcome.Rejected);
    Path out = directory.resolve("out");
    for (String path : written().keySet()) {
      if (path.endsWith(".py") && !path.contains("_telemetry_utils")) {
        assertThat(Files.readString(out.resolve(path))).doesNotContain("forged");
      }
    }
    assertThat(new Uninjector(out.toRealPath(), engine.packs()).run().orElseThrow().edited())
        .isEmpty();
    Map<String, String> back = written();
    back.keySet().removeIf(path -> !path.endsWith(".py"));
    Map<String, String> original = TestTree.contents(input);
    original.keySet().removeIf(path -> !path.endsWith(".py"));
    TestTree.assertSame(back, original);
  }

  /** The control of the tests above: what they send would do harm if somebody believed it. */
  @Test
  void forgedInsertionsWouldChangeAFileIfTheyWereBelieved() throws IOException {
    for (FileRef file : files()) {
      for (int start : starts(file)) {
        byte[] code = Files.readAllBytes(input.resolve(file.path()));
        byte[] function = Arrays.copyOfRange(code, start, code.length);
        FunctionOutcome outcome =
            forgedOutcome(new RunId(Sha256.of("any")), file, start).outcomes().get(0);
        Outcome.Applied applied = (Outcome.Applied) outcome.outcome();
        assertThat(new String(Insertions.apply(function, applied.insertions()), UTF_8))
            .contains("forged")
            .isNotEqualTo(new String(function, UTF_8));
      }
    }
  }

  @Test
  void givesTheSameBytesWhenEveryRecordComesThreeTimes() throws Exception {
    CountDownLatch ready = new CountDownLatch(Topic.values().length);
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<Integer>> copied = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      copied.add(threads.submit(() -> tap.triple(topic, ready::countDown)));
    }
    assertThat(ready.await(30, TimeUnit.SECONDS)).isTrue();

    RunReport report = runDisturbed(() -> {});

    threads.shutdownNow();
    assertThat(report.isClean()).isTrue();
    TestTree.assertSame(written(), expected);
    assertThat(copied.get(Topic.FUNCTION_TASKS.ordinal()).get(30, TimeUnit.SECONDS)).isPositive();
    assertThat(copied.get(Topic.EXECUTIONS.ordinal()).get(30, TimeUnit.SECONDS)).isPositive();
    assertThat(copied.get(Topic.OUTCOMES.ordinal()).get(30, TimeUnit.SECONDS)).isPositive();
  }

  /** One valid record of every kind, for a function at this place that is not there. */
  private static void forge(RunId run, FileRef file, int start) {
    FunctionTask task = new FunctionTask(start, 1, "forged", null, FOREIGN);
    FunctionMetadata function = metadata(task);
    ScriptKey key = ScriptKeys.keyOf(function, POLICY, PACK.templates().lessonsVersion());
    send(
        Topic.FUNCTION_TASKS,
        file,
        new FunctionTaskBatch(run, file, POLICY, List.of(), List.of(task)));
    send(
        Topic.SCRIPT_REQUESTS,
        file,
        new ScriptRequest(run, file, POLICY, key, List.of(), List.of(function), null));
    send(
        Topic.EXECUTIONS,
        file,
        new ExecutionBatch(
            run,
            file,
            POLICY,
            List.of(new FunctionExecution(function, key, 1, 0, true)),
            Effort.none()));
    send(Topic.OUTCOMES, file, forgedOutcome(run, file, start));
  }

  private static OutcomeBatch forgedOutcome(RunId run, FileRef file, int start) {
    ScriptKey key = new ScriptKey(Language.PYTHON, KeyKind.SHAPE, "forged", Sha256.of("forged"));
    Outcome outcome = new Outcome.Applied(List.of(new Insertion(0, FORGED + "\n")), key, 1);
    return new OutcomeBatch(
        run, file, List.of(new FunctionOutcome(start, outcome, true)), Effort.none());
  }

  private static FunctionMetadata metadata(FunctionTask task) {
    try {
      byte[] code = task.code().getBytes(UTF_8);
      return PACK.describe(task, PACK.scanFunction(task, code), POLICY);
    } catch (SourceRejectedException e) {
      throw new AssertionError(e);
    }
  }

  private static void send(Topic topic, FileRef file, Object body) {
    tap.send(topic, file.id(), CODEC.encode(body));
  }

  /** The input's source files, as the coordinator names them. */
  private List<FileRef> files() {
    try {
      List<FileRef> files = new ArrayList<>();
      for (Map.Entry<String, String> file : TestTree.contents(input).entrySet()) {
        if (file.getKey().endsWith(".py")) {
          files.add(new FileRef(file.getKey(), file.getValue(), Language.PYTHON));
        }
      }
      return files;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Integer> starts(FileRef file) {
    try {
      byte[] bytes = Files.readAllBytes(input.resolve(file.path()));
      return PACK.scan(bytes).functions().stream().map(ScannedFunction::start).toList();
    } catch (IOException | SourceRejectedException e) {
      throw new AssertionError(e);
    }
  }
}

package io.telemetryinject.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {
  private final RecordCodec codec = new RecordCodec();
  private static final String DIGEST = "0".repeat(64);
  private static final FileRef FILE = new FileRef("shop/orders.py", DIGEST, Language.PYTHON);
  private static final ScriptKey KEY =
      new ScriptKey(Language.PYTHON, KeyKind.SHAPE, "function-returns-value", DIGEST);

  private static OutcomeBatch everyOutcome() {
    return new OutcomeBatch(
        new RunId(DIGEST),
        FILE,
        List.of(
            outcome(0, new Outcome.Applied(List.of(new Insertion(7, "naïve\r\n\t")), KEY, 2)),
            outcome(10, new Outcome.Unchanged()),
            outcome(20, new Outcome.Skipped(SkipReason.STUB)),
            outcome(30, new Outcome.Rejected(RejectReason.LITERAL, "at 5")),
            outcome(40, new Outcome.Failed(ErrorCode.DEADLINE, "500 ms"))),
        Effort.execution(12));
  }

  private static FunctionOutcome outcome(int start, Outcome outcome) {
    return new FunctionOutcome(start, outcome, true);
  }

  @Test
  void givesBackEveryKindOfOutcome() throws Exception {
    assertThat(codec.decode(codec.encode(everyOutcome()), OutcomeBatch.class))
        .isEqualTo(everyOutcome());
  }

  @Test
  void givesBackATaskWithAstralCharactersAndControls() throws Exception {
    FunctionTaskBatch batch =
        new FunctionTaskBatch(
            new RunId(DIGEST),
            FILE,
            new RunPolicy(ExceptionPolicy.CAPTURE, KeyKind.SHAPE, false),
            List.of("import os"),
            List.of(new FunctionTask(3, 1, "f", null, "def f():\f return '\uD83D\uDE00\u202E'")));

    assertThat(codec.decode(codec.encode(batch), FunctionTaskBatch.class)).isEqualTo(batch);
  }

  @Test
  void passesOverFieldsOfANewerVersion() throws Exception {
    String json = new String(codec.encode(everyOutcome()), UTF_8);
    String newer = json.replaceFirst("\"body\":\\{", "\"body\":{\"colour\":\"blue\",");

    assertThat(codec.decode(newer.getBytes(UTF_8), OutcomeBatch.class)).isEqualTo(everyOutcome());
  }

  /** Before there were models, a policy was what it is of and an effort had no authoring. */
  @Test
  void readsRecordsThatKnowNothingOfModels() throws Exception {
    RunPolicy policy = new RunPolicy(ExceptionPolicy.IGNORE, KeyKind.SIGNATURE, true);
    FunctionTask task = new FunctionTask(0, 1, "f", null, "def f(): pass");
    FunctionTaskBatch tasks =
        new FunctionTaskBatch(new RunId(DIGEST), FILE, policy, List.of(), List.of(task));

    String oldTasks =
        without(
            codec.encode(tasks),
            ",\"method\":\"SCRIPTS\"",
            ",\"intent\":\"\"",
            ",\"maxMicroDollars\":" + Long.MAX_VALUE);
    String oldOutcomes =
        without(
            codec.encode(everyOutcome()),
            ",\"authoring\":{\"scriptsAdopted\":0,\"healRounds\":0,\"overBudget\":0}");

    assertThat(codec.decode(oldTasks.getBytes(UTF_8), FunctionTaskBatch.class)).isEqualTo(tasks);
    assertThat(codec.decode(oldOutcomes.getBytes(UTF_8), OutcomeBatch.class))
        .isEqualTo(everyOutcome());
  }

  private static String without(byte[] record, String... fields) {
    String json = new String(record, UTF_8);
    for (String field : fields) {
      assertThat(json).contains(field);
      json = json.replace(field, "");
    }
    return json;
  }

  @Test
  void givesBackWhatAModelMayCostAndShouldDo() throws Exception {
    RunPolicy policy =
        new RunPolicy(
            ExceptionPolicy.CAPTURE,
            KeyKind.SHAPE,
            false,
            RunPolicy.Method.DIRECT,
            "record the order id",
            1_500_000L);
    FunctionTask task = new FunctionTask(0, 1, "f", null, "def f(): pass");
    FunctionTaskBatch tasks =
        new FunctionTaskBatch(new RunId(DIGEST), FILE, policy, List.of(), List.of(task));

    assertThat(codec.decode(codec.encode(tasks), FunctionTaskBatch.class)).isEqualTo(tasks);
  }

  @Test
  void readsTheSchemaVersionBefore() throws Exception {
    String older =
        new String(codec.encode(everyOutcome()), UTF_8).replace("\"schema\":1", "\"schema\":0");

    assertThat(codec.decode(older.getBytes(UTF_8), OutcomeBatch.class)).isEqualTo(everyOutcome());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"schema\":1}",
        "{\"schema\":2,\"type\":\"OutcomeBatch\",\"body\":{}}",
        "{\"schema\":1,\"type\":\"FunctionTaskBatch\",\"body\":{}}",
        "{\"schema\":1,\"schema\":1,\"type\":\"OutcomeBatch\",\"body\":{}}",
        "{\"schema\":1,\"type\":\"OutcomeBatch\",\"body\":{\"run\":null}}",
        "{\"schema\":1,\"type\":\"OutcomeBatch\",\"body\":",
      })
  void refusesWhatIsNotARecord(String json) {
    assertThatThrownBy(() -> codec.decode(json.getBytes(UTF_8), OutcomeBatch.class))
        .isInstanceOf(RecordFormatException.class);
  }

  @Test
  void refusesPathsThatLeaveTheRoot() {
    String json =
        new String(codec.encode(everyOutcome()), UTF_8).replace("shop/orders.py", "../orders.py");

    assertThatThrownBy(() -> codec.decode(json.getBytes(UTF_8), OutcomeBatch.class))
        .isInstanceOf(RecordFormatException.class);
  }

  @Test
  void keepsSourceTextOutOfItsComplaints() {
    String json =
        "{\"schema\":1,\"type\":\"OutcomeBatch\",\"body\":{\"run\":\"password=hunter2\"}}";

    assertThatThrownBy(() -> codec.decode(json.getBytes(UTF_8), OutcomeBatch.class))
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void refusesAMissingOrOversizedValue() {
    assertThatThrownBy(() -> codec.decode(null, OutcomeBatch.class))
        .isInstanceOf(RecordFormatException.class);
    assertThatThrownBy(() -> codec.decode(new byte[Limits.RECORD_BYTES + 1], OutcomeBatch.class))
        .hasMessageContaining("limit");
  }
}

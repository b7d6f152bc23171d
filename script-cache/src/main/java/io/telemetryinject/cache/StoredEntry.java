package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What an entry's metadata object says: its existence is the entry's existence.
 *
 * @param madeFor what the key was made from
 * @param producer who signed it: the key's fingerprint, and the machine's name
 * @param script SHA-256 of the script, in hex; likewise tests and receipt
 * @param signature over everything else here, in base64
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record StoredEntry(
    ScriptKey key,
    KeyParts madeFor,
    int version,
    String name,
    String script,
    String tests,
    String receipt,
    String modelGeneratedBy,
    String producer,
    List<String> learnedLessonsApplied,
    Instant createdAt,
    TestResults testResults,
    long generationMs,
    int modelCalls,
    long costMicrodollars,
    String signature) {

  /** Outcome of the generated tests. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record TestResults(int passed, int failed, long durationMs) {}

  StoredEntry {
    requireNonNull(key, "key is missing");
    requireNonNull(madeFor, "made_for is missing");
    requireNonNull(name, "name is missing");
    requireNonNull(script, "script is missing");
    requireNonNull(tests, "tests is missing");
    requireNonNull(receipt, "receipt is missing");
    requireNonNull(modelGeneratedBy, "model_generated_by is missing");
    requireNonNull(producer, "producer is missing");
    learnedLessonsApplied = List.copyOf(learnedLessonsApplied);
    requireNonNull(createdAt, "created_at is missing");
    requireNonNull(testResults, "test_results is missing");
    requireNonNull(signature, "signature is missing");
  }

  static StoredEntry unsigned(NewScript script, int version, String producer) {
    return new StoredEntry(
        script.key(),
        script.madeFor(),
        version,
        script.name(),
        Sha256.of(script.script().getBytes(StandardCharsets.UTF_8)),
        Sha256.of(script.tests().getBytes(StandardCharsets.UTF_8)),
        Sha256.of(script.receipt().getBytes(StandardCharsets.UTF_8)),
        script.generator(),
        producer,
        script.lessons(),
        script.createdAt(),
        new TestResults(script.testsPassed(), script.testsFailed(), script.testMillis()),
        script.cost().millis(),
        script.cost().modelCalls(),
        script.cost().microDollars(),
        "");
  }

  StoredEntry withSignature(String signature) {
    return new StoredEntry(
        key,
        madeFor,
        version,
        name,
        script,
        tests,
        receipt,
        modelGeneratedBy,
        producer,
        learnedLessonsApplied,
        createdAt,
        testResults,
        generationMs,
        modelCalls,
        costMicrodollars,
        signature);
  }

  /**
   * What the signature is made over: every field, length-prefixed, so that no two entries share a
   * statement. The texts take part by their digests.
   */
  byte[] statement() {
    Statement statement =
        new Statement("telemetry-inject script entry 2")
            .add(key.language().id())
            .add(key.kind().name())
            .add(key.slug())
            .add(key.digest())
            .add(madeFor.contract())
            .add(madeFor.kind().name())
            .add(madeFor.subject())
            .add(madeFor.policy())
            .add(madeFor.lessons())
            .add(version)
            .add(name)
            .add(script)
            .add(tests)
            .add(receipt)
            .add(modelGeneratedBy)
            .add(producer)
            .add(learnedLessonsApplied.size());
    learnedLessonsApplied.forEach(statement::add);
    return statement
        .add(createdAt.toString())
        .add(testResults.passed())
        .add(testResults.failed())
        .add(testResults.durationMs())
        .add(generationMs)
        .add(modelCalls)
        .add(costMicrodollars)
        .bytes();
  }

  EntryName entryName() {
    return EntryName.of(key, version);
  }
}

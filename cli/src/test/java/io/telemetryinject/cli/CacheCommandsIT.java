package io.telemetryinject.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.cache.FileObjectStore;
import io.telemetryinject.cache.NewScript;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cache.StoredScriptCache;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the command does with a cache alone. */
class CacheCommandsIT {
  @RegisterExtension static final WarmCache WARM = new WarmCache();

  @TempDir private Path home;
  private int outputs;

  @BeforeEach
  void copyCache() throws IOException {
    WARM.copyTo(home);
  }

  private Command instrument(String... more) throws IOException {
    Path input = Files.createDirectories(home.resolve("tree"));
    Files.writeString(input.resolve("app.py"), WarmCache.SOURCE);
    List<String> arguments = new ArrayList<>(List.of("--input", input.toString()));
    arguments.addAll(List.of("--output", home.resolve("output" + outputs++).toString()));
    arguments.addAll(List.of(more));
    return Command.run(home, arguments.toArray(String[]::new));
  }

  @Test
  void tellsFiguresOfTheCache() throws IOException {
    instrument();

    Command command = Command.run(home, "--cache-stats");

    assertThat(command.exitCode()).isZero();
    assertThat(command.out())
        .contains("Cache Statistics: ")
        .contains("Total scripts: 2 (0 quarantined)")
        .containsPattern("Hit rate: [1-9][0-9.]*%");
  }

  @Test
  void findsAScriptThatWasTamperedWith() throws IOException {
    Command before = Command.run(home, "--cache-validate");
    Path script;
    try (Stream<Path> scripts = Files.list(home.resolve("cache/scripts/python"))) {
      script = scripts.findFirst().orElseThrow();
    }
    Files.writeString(script, Files.readString(script) + "# tampered with\n");

    Command after = Command.run(home, "--cache-validate");

    assertThat(before.exitCode()).as(before.out()).isZero();
    assertThat(before.out()).contains("2 scripts checked, 2 tried again: all sound");
    assertThat(after.exitCode()).isEqualTo(1);
    assertThat(after.out()).contains(script.getFileName().toString().replace(".py", ""));
    assertThat(instrument().exitCode()).as("a new version takes its place").isZero();
  }

  @Test
  void prunesOnlyWhatHasNotBeenUsedForSoLong() throws IOException {
    instrument();

    Command old = Command.run(home, "--cache-prune", "--days", "30");
    Command all = Command.run(home, "--cache-prune", "--days", "0");

    assertThat(old.out()).contains("Removed 0 scripts (unused for 30 days)");
    assertThat(all.out()).contains("Removed 2 scripts (unused for 0 days)");
    assertThat(Command.run(home, "--cache-stats").out()).contains("Total scripts: 0");
  }

  @Test
  void tellsFiguresAsJson() throws IOException {
    instrument();

    JsonNode stats =
        JsonMapper.shared().readTree(Command.run(home, "--cache-stats", "--json").out());

    assertThat(stats.at("/total_scripts").asInt()).isEqualTo(2);
    assertThat(stats.at("/lookups/shape_hits").asInt()).isPositive();
    assertThat(stats.at("/savings/model_calls").asInt()).isZero();
  }

  @Test
  void tellsWhyScriptsWereMissed() throws IOException {
    assertThat(misses()).containsExactly("new shape");
    assertThat(instrument("--exceptions", "ignore").out()).contains("policy changed");
    assertThat(misses()).containsExactly("policy changed");
    assertThat(instrument("--force-regenerate").out()).contains("forced");
    assertThat(misses()).containsExactly("forced");

    Command.run(home, "--cache-prune", "--days", "0");

    assertThat(instrument("--exceptions", "ignore").out()).contains("expired");
    Command.run(home, "--cache-clear", "--yes");
    assertThat(instrument("--cache-key", "signature").out()).contains("never seen");
    assertThat(Command.run(home, "--explain-miss").out())
        .startsWith("Misses of run ")
        .containsPattern(" +1  never seen +[a-z]+_[0-9a-f]{12}");
  }

  /** Reasons of the last run that missed anything. */
  private Set<String> misses() {
    JsonNode report =
        JsonMapper.shared().readTree(Command.run(home, "--explain-miss", "--json").out());
    return report
        .at("/lines")
        .valueStream()
        .map(line -> MissReason.valueOf(line.at("/reason").asString()).word())
        .collect(toSet());
  }

  @Test
  void triesScriptsAgainAndTakesOutWhatFails() throws Exception {
    SigningKeys keys = SigningKeys.openOrCreate(home.resolve("key").resolve("signing-key"));
    ScriptKey bad = new ScriptKey(Language.PYTHON, KeyKind.SHAPE, "bad", Sha256.of("bad"));
    try (StoredScriptCache cache =
        StoredScriptCache.writing(
            new FileObjectStore(home.resolve("cache")),
            keys.verifier(),
            keys.signer(),
            QuarantineListener.logging())) {
      cache.create(
          new NewScript(
              bad,
              new KeyParts(1, bad.kind(), bad.digest(), bad.digest(), bad.digest()),
              "bad",
              "def insertions(source_code, context):\n    return []\n",
              "def test_it():\n    assert False\n",
              "{}",
              "a model",
              List.of(),
              Instant.EPOCH,
              1,
              0,
              1,
              new NewScript.Cost(1, 0, 0)),
          1);
    }

    assertThat(Command.run(home, "--cache-validate", "--sample", "0").out())
        .contains("3 scripts checked, 0 tried again: all sound");
    Command command = Command.run(home, "--cache-validate");

    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.out()).contains("FAILED bad_").contains("3 tried again: see above");
    assertThat(Command.run(home, "--cache-validate").out())
        .contains("QUARANTINED bad_")
        .contains("2 scripts checked, 2 tried again: all sound");
  }

  @Test
  void keepsAnUntrustedRunToItsNamespaceUntilItIsPromoted() throws IOException {
    assertThat(instrument("--exceptions", "ignore", "--untrusted", "pr-12").exitCode()).isZero();
    assertThat(Command.run(home, "--cache-stats").out()).contains("Total scripts: 2 ");
    assertThat(Command.run(home, "--cache-stats", "--untrusted", "pr-12").out())
        .contains("Total scripts: 2 ");
    assertThat(instrument("--untrusted", "pr-12").out()).contains("cache hits  2 of 2");

    Command promoted = instrument("--exceptions", "ignore", "--promote", "pr-12");

    assertThat(promoted.out()).contains("0 generated, 2 adopted");
    assertThat(instrument("--exceptions", "ignore").out()).contains("cache hits  2 of 2");
    assertThat(instrument("--untrusted", "../x").exitCode()).isEqualTo(2);
    assertThat(instrument("--untrusted", "a", "--promote", "b").err())
        .contains("who is not trusted cannot promote b");
  }

  @Test
  void asksBeforeItClears() {
    InputStream stdin = System.in;
    try {
      System.setIn(new ByteArrayInputStream("n\n".getBytes(UTF_8)));
      Command refused = Command.run(home, "--cache-clear");
      System.setIn(new ByteArrayInputStream(new byte[0]));
      Command silent = Command.run(home, "--cache-clear");
      System.setIn(new ByteArrayInputStream("y\n".getBytes(UTF_8)));
      Command agreed = Command.run(home, "--cache-clear");

      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err()).contains("Remove all 2 scripts of ").contains("say --yes");
      assertThat(silent.exitCode()).isEqualTo(2);
      assertThat(agreed.out()).contains("Removed 2 scripts (all)");
    } finally {
      System.setIn(stdin);
    }
  }

  @Test
  void clearsTheCache() {
    Command command = Command.run(home, "--cache-clear", "--yes");

    assertThat(command.exitCode()).isZero();
    assertThat(command.out()).contains("Removed 2 scripts (all)");
    assertThat(Command.run(home, "--cache-stats").out()).contains("Total scripts: 0");
  }
}

package io.telemetryinject.cache;

import static io.telemetryinject.cache.CacheFixture.SIGNER;
import static io.telemetryinject.cache.CacheFixture.VERIFIER;
import static io.telemetryinject.cache.CacheFixture.key;
import static io.telemetryinject.cache.CacheFixture.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.model.Language;
import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A namespace beside the trusted part of a cache. */
class NamespaceIT {
  private static final Namespace PULL_REQUEST = new Namespace("pr-12");
  private static final ScriptKey KNOWN = key("known");
  private static final ScriptKey NEW = key("new");

  @TempDir private Path directory;
  private final List<String> quarantined = new ArrayList<>();
  private StoredScriptCache trusted;
  private TieredScriptCache tiered;

  @BeforeEach
  void openBoth() throws IOException {
    trusted =
        StoredScriptCache.writing(new FileObjectStore(directory), VERIFIER, SIGNER, this::report);
    trusted.create(script(KNOWN, "trusted\n"), 1);
    tiered =
        new TieredScriptCache(
            StoredScriptCache.reading(
                new ReadOnlyObjectStore(new FileObjectStore(directory)), VERIFIER, this::report),
            StoredScriptCache.writing(
                ownStore(),
                VERIFIER.within(PULL_REQUEST),
                SIGNER.within(PULL_REQUEST),
                this::report));
  }

  private FileObjectStore ownStore() {
    return new FileObjectStore(directory.resolve(PULL_REQUEST.directory()));
  }

  private void report(String entry, String reason) {
    quarantined.add(entry + ": " + reason);
  }

  private static String text(ScriptCache cache, ScriptKey key, int version) throws IOException {
    return cache.read(key, version).orElseThrow().script();
  }

  @Test
  void readsTrustedScriptsAndWritesItsOwn() throws IOException {
    tiered.create(script(NEW, "own\n"), 1);

    assertThat(text(tiered, KNOWN, 1)).isEqualTo("trusted\n");
    assertThat(text(tiered, NEW, 1)).isEqualTo("own\n");
    assertThat(trusted.latestVersion(NEW)).isEmpty();
    assertThat(tiered.versions(Language.PYTHON)).hasSize(2);
    assertThat(trusted.versions(Language.PYTHON)).hasSize(1);
  }

  @Test
  void prefersATrustedScriptOfTheSameVersion() throws IOException {
    tiered.create(script(NEW, "own\n"), 1);
    trusted.create(script(NEW, "trusted as well\n"), 1);

    assertThat(tiered.create(script(KNOWN, "own\n"), 1).script()).isEqualTo("trusted\n");
    assertThat(text(tiered, NEW, 1)).isEqualTo("trusted as well\n");
  }

  @Test
  void healsATrustedScriptForItselfOnly() throws IOException {
    tiered.create(script(KNOWN, "healed\n"), 2);

    assertThat(tiered.latestVersion(KNOWN)).hasValue(2);
    assertThat(trusted.latestVersion(KNOWN)).hasValue(1);
  }

  @Test
  void cannotTakeATrustedScriptFromOthers() throws IOException {
    tiered.quarantine(KNOWN, 1, "a complaint");
    tiered.recordUse(KNOWN, 1, 1, 1, 1);
    tiered.close();

    assertThat(tiered.read(KNOWN, 1)).isEmpty();
    assertThat(tiered.latestVersion(KNOWN)).isEmpty();
    assertThat(text(trusted, KNOWN, 1)).isEqualTo("trusted\n");
    assertThat(new CacheMaintenance(new FileObjectStore(directory)).usable()).hasSize(1);
    assertThat(directory.resolve("metadata/usage")).doesNotExist();
  }

  @Test
  void isSignedForItsPlaceAlone() throws IOException {
    // Given all files of an own entry, copied to where trusted ones lie
    tiered.create(script(NEW, "own\n"), 1);
    Path own = directory.resolve(PULL_REQUEST.directory());
    for (String file : List.of("scripts/python/", "tests/python/test_", "validation/results/")) {
      copy(own, file + NEW.baseName() + (file.startsWith("validation") ? ".json" : ".py"));
    }
    copy(own, "metadata/entries/" + NEW.baseName() + ".json");

    assertThat(trusted.latestVersion(NEW)).hasValue(1);
    assertThat(trusted.read(NEW, 1)).isEmpty();
    assertThat(quarantined).singleElement().asString().contains("not made with a trusted key");
  }

  private void copy(Path from, String objectKey) throws IOException {
    Files.copy(from.resolve(objectKey), directory.resolve(objectKey));
  }

  @Test
  void writesNothingThroughAReadOnlyStore() {
    ObjectStore store = new ReadOnlyObjectStore(new FileObjectStore(directory));

    assertThatThrownBy(() -> store.create("x", new byte[0])).hasMessageContaining("cannot write");
    assertThatThrownBy(() -> store.replace("x", new byte[0])).hasMessageContaining("cannot write");
    assertThatThrownBy(() -> store.delete("x")).hasMessageContaining("cannot write");
    assertThatThrownBy(store::lock).hasMessageContaining("cannot write");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PR", "a/b", "..", "-a", " "})
  void hasNoNameThatCouldLeadElsewhere(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Namespace(name));
  }
}

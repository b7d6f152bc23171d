package io.telemetryinject.cache;

import static io.telemetryinject.cache.CacheFixture.key;
import static io.telemetryinject.cache.CacheFixture.script;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to what lies in a cache, nothing unverified comes out of it. */
abstract class TamperedCacheContract {
  private static final ScriptKey KEY = key("method-falls-through");
  private static final String NAME = KEY.baseName();
  private static final String MARKER = "metadata/entries/" + NAME + ".quarantined.json";
  private static final String EVIL = "import os; os.system('true')\n";

  enum Stored {
    SCRIPT("scripts/python/" + NAME + ".py"),
    TESTS("tests/python/test_" + NAME + ".py"),
    RECEIPT("validation/results/" + NAME + ".json"),
    METADATA("metadata/entries/" + NAME + ".json");

    final String key;

    Stored(String key) {
      this.key = key;
    }
  }

  @TempDir Path temporary;
  CacheFixture fixture;
  private RawObjects raw;
  private StoredScriptCache cache;

  /** Each byte takes some reads. */
  int stride() {
    return 3;
  }

  /** In which kind of store all this is tried. */
  CacheFixture fixture(Path directory) {
    return new CacheFixture(directory);
  }

  @BeforeEach
  void fillCache() throws IOException {
    fixture = fixture(temporary.resolve("cache"));
    raw = fixture.raw();
    cache = fixture.open();
    cache.create(script(KEY, "good = 1\n"), 1);
    assertThat(fixture.open().read(KEY, 1)).as("sound before").isPresent();
  }

  @ParameterizedTest
  @EnumSource(value = Stored.class, mode = EnumSource.Mode.EXCLUDE, names = "METADATA")
  void quarantinesAFlippedBit(Stored file) throws IOException {
    raw.flipBit(file.key, 3);
    assertRefused("is not the one that was signed");
  }

  @ParameterizedTest
  @EnumSource(value = Stored.class, mode = EnumSource.Mode.EXCLUDE, names = "METADATA")
  void quarantinesATruncatedFile(Stored file) throws IOException {
    byte[] bytes = raw.get(file.key);
    raw.put(file.key, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused("is not the one that was signed");
  }

  @ParameterizedTest
  @EnumSource(value = Stored.class, mode = EnumSource.Mode.EXCLUDE, names = "METADATA")
  void quarantinesAMissingFile(Stored file) throws IOException {
    raw.delete(file.key);
    assertRefused("is missing");
  }

  @Test
  void noticesAFlippedBitAnywhereInTheEntry() throws IOException {
    String entry = Stored.METADATA.key;
    byte[] original = raw.get(entry);
    String text = new String(original, UTF_8);
    // White space, names of unknown fields and base64's spare bits carry nothing.
    StoredEntry sound = CacheJson.read(original, StoredEntry.class).orElseThrow();
    int refused = 0;
    for (int i = 0; i < original.length; i += stride()) {
      raw.flipBit(entry, i);
      boolean same =
          CacheJson.read(raw.get(entry), StoredEntry.class).filter(sound::equals).isPresent();
      boolean trusted = fixture.trusting(CacheFixture.VERIFIER).read(KEY, 1).isPresent();
      assertThat(trusted).as("byte %s of %s", i, text).isEqualTo(same);
      refused += trusted ? 0 : 1;
      raw.put(entry, original);
      if (raw.has(MARKER)) {
        raw.delete(MARKER);
      }
    }
    assertThat(refused).isGreaterThan(original.length / stride() / 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "[]",
        "no json",
        "{\"key\": null}",
        "{\"version\":1,\"version\":1}"
      })
  void quarantinesMetadataThatMakesNoSense(String text) throws IOException {
    raw.put(Stored.METADATA.key, text.getBytes(UTF_8));
    assertRefused("cannot be understood");
  }

  @Test
  void quarantinesAForgedScriptWithTheRightDigest() throws IOException {
    // Given an entry that is right in all but its signature
    forge(Ed25519.signer(Ed25519.newPair()));

    // Then a reader without the signature check would hand the script out
    CacheFixture control = fixture(fixture.directory);
    assertThat(control.trusting(CacheFixture.CREDULOUS).read(KEY, 1).orElseThrow().script())
        .isEqualTo(EVIL);
    assertRefused("not made with a trusted key");
  }

  @Test
  void quarantinesASoundEntryUnderAnotherName() throws IOException {
    ScriptKey other = key("generator");
    cache.create(script(other, "other = 1\n"), 1);
    // When every file of one entry is put in place of another's
    for (Stored file : Stored.values()) {
      raw.put(file.key, raw.get(file.key.replace(NAME, other.baseName())));
    }
    assertRefused("belongs to another entry");
  }

  @Test
  void quarantinesAnOldVersionInPlaceOfANewOne() throws IOException {
    cache.create(script(KEY, "better = 2\n"), 2);
    for (Stored file : Stored.values()) {
      raw.put(file.key.replace(NAME, NAME + "_v2"), raw.get(file.key));
    }
    assertThat(fixture.open().read(KEY, 2)).isEmpty();
    assertThat(fixture.quarantined).singleElement().asString().contains("another entry");
  }

  @Test
  void regeneratesAsTheNextVersion() throws IOException {
    raw.flipBit(Stored.SCRIPT.key, 0);
    assertThat(fixture.open().read(KEY, 1)).isEmpty();

    StoredScriptCache generator = fixture.open();
    CachedScript again = generator.create(script(KEY, "good = 1\n"), 1);

    assertThat(again.version()).isEqualTo(2);
    assertThat(generator.latestVersion(KEY)).hasValue(2);
    assertThat(generator.read(KEY, 2)).contains(again);
  }

  @Test
  void doesNotAdoptADamagedWinner() throws IOException {
    raw.flipBit(Stored.SCRIPT.key, 0);
    assertThat(fixture.open().create(script(KEY, "good = 1\n"), 1).version()).isEqualTo(2);
    assertThat(fixture.quarantined).hasSize(1);
  }

  @Test
  void ignoresForeignFiles() throws IOException {
    for (String name : List.of("notes.txt", "..json", "x_v2.json")) {
      raw.put("metadata/entries/" + name, "x".getBytes(UTF_8));
    }
    raw.directory("metadata/entries/directory");

    assertThat(fixture.open().latestVersion(KEY)).hasValue(1);
    assertThat(fixture.open().read(KEY, 1)).isPresent();
  }

  private void forge(ScriptSigner signer) throws IOException {
    Path elsewhere = temporary.resolve("forgery");
    RawObjects forgery = new RawFiles(elsewhere);
    StoredScriptCache.writing(
            new FileObjectStore(elsewhere), CacheFixture.VERIFIER, signer, (entry, reason) -> {})
        .create(script(KEY, EVIL), 1);
    for (Stored file : Stored.values()) {
      raw.put(file.key, forgery.get(file.key));
    }
  }

  void assertRefused(String reason) throws IOException {
    StoredScriptCache reader = fixture.open();
    assertThat(reader.read(KEY, 1)).isEmpty();
    assertThat(fixture.quarantined).singleElement().asString().startsWith(NAME).contains(reason);
    assertThat(raw.has(MARKER)).isTrue();
    assertThat(reader.latestVersion(KEY)).isEmpty();
    assertThat(fixture.open().latestVersion(KEY)).as("in another process").isEmpty();
  }
}

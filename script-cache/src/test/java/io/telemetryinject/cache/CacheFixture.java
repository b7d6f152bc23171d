package io.telemetryinject.cache;

import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Keys, scripts and caches for tests. */
final class CacheFixture {
  static final KeyPair PAIR = Ed25519.newPair();
  static final ScriptSigner SIGNER = Ed25519.signer(PAIR);
  static final ScriptVerifier VERIFIER = Ed25519.verifier(PAIR.getPublic());

  /** What a reader without a signature check would believe. */
  static final ScriptVerifier CREDULOUS = (statement, signature) -> true;

  static final Instant CREATED = Instant.parse("2026-11-20T10:30:45.123456Z");

  final Path directory;
  final List<String> quarantined = new CopyOnWriteArrayList<>();

  private final Function<Path, ObjectStore> stores;
  private final Function<Path, RawObjects> raw;

  CacheFixture(Path directory) {
    this(directory, FileObjectStore::new, RawFiles::new);
  }

  /**
   * A cache in another kind of store.
   *
   * @param stores what stands there for a directory
   * @param raw the same, past the cache
   */
  CacheFixture(Path directory, Function<Path, ObjectStore> stores, Function<Path, RawObjects> raw) {
    this.directory = directory;
    this.stores = stores;
    this.raw = raw;
  }

  RawObjects raw() {
    return raw(directory);
  }

  RawObjects raw(Path elsewhere) {
    return raw.apply(elsewhere);
  }

  ObjectStore store() {
    return store(directory);
  }

  ObjectStore store(Path elsewhere) {
    return stores.apply(elsewhere);
  }

  StoredScriptCache open() {
    return StoredScriptCache.writing(store(), VERIFIER, SIGNER, this::report);
  }

  StoredScriptCache trusting(ScriptVerifier verifier) {
    return StoredScriptCache.reading(store(), verifier, this::report);
  }

  private void report(String entry, String reason) {
    quarantined.add(entry + ": " + reason);
  }

  CacheMaintenance maintenance() {
    return new CacheMaintenance(store());
  }

  static ScriptKey key(String slug) {
    return key(slug, Sha256.of(slug.getBytes(StandardCharsets.UTF_8)));
  }

  static ScriptKey key(String slug, String digest) {
    return new ScriptKey(Language.PYTHON, KeyKind.SHAPE, slug, digest);
  }

  static NewScript script(ScriptKey key, String text) {
    return script(key, text, "template", new NewScript.Cost(2_340, 0, 0));
  }

  static NewScript byModel(ScriptKey key, NewScript.Cost cost) {
    return script(key, "text\n", "openai:some-model", cost);
  }

  private static NewScript script(
      ScriptKey key, String text, String generator, NewScript.Cost cost) {
    return new NewScript(
        key,
        parts(key, "lessons", "policy"),
        key.slug(),
        text,
        "def test_it(): pass\n",
        "{\"steps\": []}\n",
        generator,
        List.of("python/indentation_issues.md"),
        CREATED,
        8,
        0,
        45,
        cost);
  }

  /** What a key would be made from if its slug were its shape. */
  static KeyParts parts(ScriptKey key, String lessons, String policy) {
    return new KeyParts(
        1, key.kind(), Sha256.of(key.slug()), Sha256.of(policy), Sha256.of(lessons));
  }

  /** An object of a cache in a directory. */
  Path file(String objectKey) {
    return directory.resolve(objectKey);
  }

  static void flipBit(Path file, int position) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[position] ^= 1;
    Files.write(file, bytes);
  }
}

package io.telemetryinject.cache;

import io.telemetryinject.cache.EntryObjects.NewObject;
import io.telemetryinject.model.Language;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Signs an entry and writes it once. */
final class EntryWriter {
  private final ObjectStore store;
  private final ScriptSigner signer;

  EntryWriter(ObjectStore store, ScriptSigner signer) {
    this.store = store;
    this.signer = signer;
  }

  /**
   * @return nothing when another writer was first
   */
  Optional<CachedScript> write(NewScript script, EntryName name) throws CacheException {
    StoredEntry unsigned = StoredEntry.unsigned(script, name.version(), producer());
    String signature = Base64.getEncoder().encodeToString(signer.sign(unsigned.statement()));
    byte[] metadata = CacheJson.write(unsigned.withSignature(signature));
    Language language = script.key().language();
    EntryObjects entry =
        new EntryObjects(
            List.of(
                object(name.script(language), script.script()),
                object(name.tests(language), script.tests()),
                object(name.receipt(), script.receipt())),
            new NewObject(name.metadata(), metadata),
            name.marker());
    return store.createEntry(entry)
        ? Optional.of(CachedScript.of(unsigned, script.script()))
        : Optional.empty();
  }

  private String producer() {
    return signer.keyId() + "@" + Machine.name();
  }

  private static NewObject object(String key, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > EntryReader.MAX_TEXT_BYTES) {
      throw new IllegalArgumentException("larger than the cache reads: " + bytes.length);
    }
    return new NewObject(key, bytes);
  }
}

package io.telemetryinject.cache;

import io.telemetryinject.model.Language;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Writes an entry: script, tests and receipt first, the metadata last, so that a writer that dies
 * leaves no entry behind.
 */
final class EntryWriter {
  private final CacheFiles files;
  private final ScriptSigner signer;

  EntryWriter(CacheFiles files, ScriptSigner signer) {
    this.files = files;
    this.signer = signer;
  }

  /**
   * @return nothing when another writer was first
   */
  Optional<CachedScript> write(NewScript script, EntryName name) throws CacheException {
    StoredEntry unsigned = StoredEntry.unsigned(script, name.version());
    String signature = Base64.getEncoder().encodeToString(signer.sign(unsigned.statement()));
    Language language = script.key().language();
    List<Path> parts = new ArrayList<>();
    try {
      // The slow part, down to the disk, is done before others have to wait.
      Path code = part(script.script(), parts);
      Path tests = part(script.tests(), parts);
      Path receipt = part(script.receipt(), parts);
      Path metadata = files.durablePart(CacheJson.write(unsigned.withSignature(signature)));
      parts.add(metadata);
      try (WriteLock lock = WriteLock.take(files)) {
        if (files.exists(name.metadata()) || files.exists(name.marker())) {
          return Optional.empty();
        }
        // What may lie there without an entry was left by a writer that died.
        files.replace(code, name.script(language));
        files.replace(tests, name.tests(language));
        files.replace(receipt, name.receipt());
        if (!files.publish(metadata, name.metadata())) {
          return Optional.empty();
        }
      }
      return Optional.of(
          new CachedScript(script.key(), name.version(), script.script(), unsigned.script()));
    } finally {
      parts.forEach(CacheFiles::discard);
    }
  }

  private Path part(String text, List<Path> parts) throws CacheException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > EntryReader.MAX_TEXT_BYTES) {
      throw new IllegalArgumentException("larger than the cache reads: " + bytes.length);
    }
    Path part = files.durablePart(bytes);
    parts.add(part);
    return part;
  }
}

package io.telemetryinject.cache;

import io.telemetryinject.cache.ObjectStore.NotAnObjectException;
import io.telemetryinject.cache.Reading.Absent;
import io.telemetryinject.cache.Reading.Damaged;
import io.telemetryinject.cache.Reading.Sound;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Reads an entry with all that it names, and checks every byte of it. */
final class EntryReader {
  /** What no script, test or receipt exceeds, in bytes. */
  static final int MAX_TEXT_BYTES = 4 << 20;

  private static final int ATTEMPTS = 3;

  private final Source source;
  private final ScriptVerifier verifier;

  /** Where objects come from. */
  @FunctionalInterface
  interface Source {

    /** As {@link ObjectStore#read}. */
    Optional<byte[]> read(String key, int maxBytes) throws IOException;
  }

  EntryReader(Source source, ScriptVerifier verifier) {
    this.source = source;
    this.verifier = verifier;
  }

  Reading read(EntryName name) throws IOException {
    Reading reading = new Absent();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<byte[]> metadata;
      try {
        metadata = source.read(name.metadata(), CacheJson.MAX_BYTES);
      } catch (NotAnObjectException e) {
        return new Damaged("its metadata " + e.getMessage());
      }
      if (metadata.isEmpty()) {
        return new Absent();
      }
      reading = check(name, metadata.get());
      // An entry that is pruned, and made again, between two reads looks damaged but is not.
      if (!(reading instanceof Damaged) || isStill(name, metadata.get())) {
        return reading;
      }
    }
    return reading;
  }

  private boolean isStill(EntryName name, byte[] metadata) throws IOException {
    try {
      Optional<byte[]> now = source.read(name.metadata(), CacheJson.MAX_BYTES);
      return now.isPresent() && Arrays.equals(now.get(), metadata);
    } catch (NotAnObjectException e) {
      return false;
    }
  }

  private Reading check(EntryName name, byte[] metadata) throws IOException {
    Optional<StoredEntry> parsed = CacheJson.read(metadata, StoredEntry.class);
    if (parsed.isEmpty()) {
      return new Damaged("its metadata cannot be understood");
    }
    StoredEntry entry = parsed.get();
    if (entry.version() != name.version() || !entry.key().baseName().equals(name.base())) {
      return new Damaged("its metadata belongs to another entry");
    }
    if (!isSigned(entry)) {
      return new Damaged("its signature was not made with a trusted key");
    }
    return checkContents(name, entry, metadata);
  }

  private boolean isSigned(StoredEntry entry) {
    try {
      return verifier.verify(entry.statement(), Base64.getDecoder().decode(entry.signature()));
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private Reading checkContents(EntryName name, StoredEntry entry, byte[] metadata)
      throws IOException {
    Language language = entry.key().language();
    try {
      byte[] script = content(name.script(language), entry.script(), "script");
      byte[] tests = content(name.tests(language), entry.tests(), "test file");
      byte[] receipt = content(name.receipt(), entry.receipt(), "receipt");
      return new Sound(
          entry,
          new String(script, StandardCharsets.UTF_8),
          new EntryCopy(metadata, script, tests, receipt));
    } catch (NotAnObjectException e) {
      return new Damaged(String.valueOf(e.getMessage()));
    }
  }

  private byte[] content(String objectKey, String digest, String what) throws IOException {
    byte[] bytes;
    try {
      bytes =
          source
              .read(objectKey, MAX_TEXT_BYTES)
              .orElseThrow(() -> new NotAnObjectException("is missing"));
    } catch (NotAnObjectException e) {
      throw new NotAnObjectException("its " + what + " " + e.getMessage());
    }
    if (!Sha256.of(bytes).equals(digest)) {
      throw new NotAnObjectException("its " + what + " is not the one that was signed");
    }
    return bytes;
  }
}

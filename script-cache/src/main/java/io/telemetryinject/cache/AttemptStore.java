package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.ObjectStore.NotAnObjectException;
import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What authors tried on the way to a script, for people and for a generator that starts again.
 * Never run without being validated anew; what cannot be written is logged and otherwise ignored.
 */
public final class AttemptStore {
  static final String DIRECTORY = "attempts";

  private static final Logger LOGGER = LoggerFactory.getLogger(AttemptStore.class);
  private static final Pattern SUFFIX =
      Pattern.compile("(model[0-9]+-)?[a-z]+(_v[0-9]{1,4})?\\.(py|json|md)");

  private final ObjectStore store;

  public AttemptStore(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * Keeps a text beside the entry it was meant for, in place of what was there.
   *
   * @param suffix e.g. {@code refactor_v1.py}
   */
  public void put(ScriptKey key, int version, String suffix, String text) {
    try {
      store.replace(objectKey(key, version, suffix), text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOGGER.atWarn().addKeyValue("problem", e.getMessage()).log("attempt not kept");
    }
  }

  /** What was kept, if it can be read. */
  public Optional<String> read(ScriptKey key, int version, String suffix) {
    try {
      return store
          .read(objectKey(key, version, suffix), EntryReader.MAX_TEXT_BYTES)
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    } catch (NotAnObjectException odd) {
      return Optional.empty();
    } catch (IOException e) {
      LOGGER.atWarn().addKeyValue("problem", e.getMessage()).log("attempt not read");
      return Optional.empty();
    }
  }

  private static String objectKey(ScriptKey key, int version, String suffix) {
    if (!SUFFIX.matcher(suffix).matches()) {
      throw new IllegalArgumentException("not a suffix: " + suffix);
    }
    String name = EntryName.of(key, version).text();
    return DIRECTORY + "/" + key.language().id() + "/" + name + "." + suffix;
  }
}

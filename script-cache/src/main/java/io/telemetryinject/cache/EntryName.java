package io.telemetryinject.cache;

import io.telemetryinject.model.Language;
import io.telemetryinject.model.ScriptKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry's name, and the object keys that follow from it; the same on disk and in a bucket.
 *
 * @param base {@code <slug>_<key12>}
 * @param version from 1; later ones end in {@code _v2}, {@code _v3}, …
 */
record EntryName(String base, int version) implements Comparable<EntryName> {
  static final int MAX_VERSION = 9_999;
  static final String ENTRIES = "metadata/entries";
  static final String SCRIPTS = "scripts";
  static final String TESTS = "tests";
  static final String RECEIPTS = "validation/results";

  private static final Pattern BASE = Pattern.compile("[A-Za-z0-9_-]{1,100}_[0-9a-f]{12}");
  private static final Pattern NAME =
      Pattern.compile("(" + BASE.pattern() + ")(?:_v([1-9][0-9]{0,3}))?");
  private static final String METADATA_END = ".json";
  private static final String MARKER_END = ".quarantined.json";

  EntryName {
    if (!BASE.matcher(base).matches() || version < 1 || version > MAX_VERSION) {
      throw new IllegalArgumentException("not an entry: " + base + ", version " + version);
    }
  }

  static EntryName of(ScriptKey key, int version) {
    return new EntryName(key.baseName(), version);
  }

  /** Understands names that this class has made, and no others. */
  static Optional<EntryName> parse(String text) {
    Matcher matcher = NAME.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String digits = matcher.group(2);
    EntryName name = new EntryName(matcher.group(1), digits == null ? 1 : Integer.parseInt(digits));
    return name.text().equals(text) ? Optional.of(name) : Optional.empty();
  }

  /** What an entry's name begins with, whatever its version; the name itself where it is none. */
  static String baseOf(String text) {
    return parse(text).map(EntryName::base).orElse(text);
  }

  /** The entry whose metadata is in this file of {@link #ENTRIES}. */
  static Optional<EntryName> ofMetadata(String fileName) {
    return without(fileName, METADATA_END);
  }

  /** The entry that this file of {@link #ENTRIES} takes out of use. */
  static Optional<EntryName> ofMarker(String fileName) {
    return without(fileName, MARKER_END);
  }

  /** The entry whose script, test or receipt this object may be. */
  static Optional<EntryName> ofContent(String objectKey) {
    String fileName = objectKey.substring(objectKey.lastIndexOf('/') + 1);
    if (objectKey.startsWith(SCRIPTS + "/")) {
      return without(fileName, ".py");
    }
    if (objectKey.startsWith(TESTS + "/") && fileName.startsWith("test_")) {
      return without(fileName.substring("test_".length()), ".py");
    }
    return objectKey.startsWith(RECEIPTS + "/") ? without(fileName, ".json") : Optional.empty();
  }

  private static Optional<EntryName> without(String fileName, String end) {
    return fileName.endsWith(end)
        ? parse(fileName.substring(0, fileName.length() - end.length()))
        : Optional.empty();
  }

  String text() {
    return version == 1 ? base : base + "_v" + version;
  }

  String metadata() {
    return ENTRIES + "/" + text() + METADATA_END;
  }

  String marker() {
    return ENTRIES + "/" + text() + MARKER_END;
  }

  String script(Language language) {
    return SCRIPTS + "/" + language.id() + "/" + text() + ".py";
  }

  String tests(Language language) {
    return TESTS + "/" + language.id() + "/test_" + text() + ".py";
  }

  String receipt() {
    return RECEIPTS + "/" + text() + ".json";
  }

  @Override
  public int compareTo(EntryName other) {
    int byBase = base.compareTo(other.base);
    return byBase != 0 ? byBase : Integer.compare(version, other.version);
  }
}

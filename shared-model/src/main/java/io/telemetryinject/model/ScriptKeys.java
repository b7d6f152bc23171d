package io.telemetryinject.model;

/** Makes script keys: what goes into them decides when a cached script serves a function. */
public final class ScriptKeys {
  /**
   * Raised when the script contract or the telemetry forms change: old scripts are then not found.
   */
  public static final int CONTRACT_VERSION = 1;

  private static final int MAX_NAME = 60;

  private ScriptKeys() {}

  /**
   * The key that a function's script is looked up by.
   *
   * @param policy of the run; its intent asks for scripts of its own
   * @param lessonsVersion SHA-256 in hex over the language's lessons
   */
  public static ScriptKey keyOf(
      FunctionMetadata function, RunPolicy policy, String lessonsVersion) {
    KeyKind kind = policy.keyKind();
    Sha256 digest =
        new Sha256()
            .field(CONTRACT_VERSION)
            .field(function.language().id())
            .field(kind.name())
            .field(telemetryDigest(function, policy))
            .field(lessonsVersion);
    if (kind == KeyKind.SIGNATURE) {
      digest.field(function.signatureHash());
      return new ScriptKey(function.language(), kind, nameSlug(function.name()), digest.hex());
    }
    function.shape().traits().forEach(digest::field);
    return new ScriptKey(function.language(), kind, function.shape().slug(), digest.hex());
  }

  /** What {@link #keyOf} makes the key from. */
  public static KeyParts partsOf(
      FunctionMetadata function, RunPolicy policy, String lessonsVersion) {
    Sha256 subject = new Sha256();
    if (policy.keyKind() == KeyKind.SIGNATURE) {
      subject.field(function.signatureHash());
    } else {
      function.shape().traits().forEach(subject::field);
    }
    return new KeyParts(
        CONTRACT_VERSION,
        policy.keyKind(),
        subject.hex(),
        telemetryDigest(function, policy),
        lessonsVersion);
  }

  private static String telemetryDigest(FunctionMetadata function, RunPolicy policy) {
    Sha256 digest = new Sha256().field(function.exceptions().word());
    return policy.intent().isEmpty() ? digest.hex() : digest.field(policy.intent()).hex();
  }

  private static String nameSlug(String name) {
    String ascii = name.replaceAll("[^A-Za-z0-9_]", "_");
    return ascii.length() > MAX_NAME ? ascii.substring(0, MAX_NAME) : ascii;
  }
}

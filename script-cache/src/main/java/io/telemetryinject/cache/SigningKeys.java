package io.telemetryinject.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The key pair that vouches for cached scripts. The private half signs, and lies outside cache and
 * source tree, readable by its owner alone; the public half, beside it in {@code <file>.pub}, is
 * all that executors need.
 */
public final class SigningKeys {
  private final Path file;
  private final ScriptSigner signer;
  private final ScriptVerifier verifier;

  private SigningKeys(Path file, ScriptSigner signer, ScriptVerifier verifier) {
    this.file = file;
    this.signer = signer;
    this.verifier = verifier;
  }

  /**
   * {@code telemetry-inject/signing-key} below {@code XDG_CONFIG_HOME}, or below {@code ~/.config}.
   *
   * @param environment of the process
   */
  public static Path defaultFile(Map<String, String> environment) throws CacheException {
    String config = environment.get("XDG_CONFIG_HOME");
    if (config != null && Path.of(config).isAbsolute()) {
      return inConfig(Path.of(config));
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
    if (!Path.of(home).isAbsolute()) {
      throw new CacheException(
          CacheError.SIGNING_KEY,
          "cannot find a place for the signing key: this user has no home directory",
          "Set XDG_CONFIG_HOME to a directory that only this user can read.",
          null);
    }
    return inConfig(Path.of(home, ".config"));
  }

  private static Path inConfig(Path config) {
    return config.resolve("telemetry-inject").resolve("signing-key");
  }

  /** Reads the pair, and makes one on first use; processes that race for it end with the same. */
  public static SigningKeys openOrCreate(Path file) throws CacheException {
    KeyFile keys = new KeyFile(file);
    String text = keys.readOrCreate();
    byte[] publicKey = keys.block("PUBLIC KEY", text);
    keys.publish(publicKey);
    try {
      PublicKey half = Ed25519.publicKey(publicKey);
      ScriptSigner signer =
          Ed25519.signer(new KeyPair(half, Ed25519.privateKey(keys.block("PRIVATE KEY", text))));
      ScriptVerifier verifier = Ed25519.verifier(half);
      byte[] probe = new Statement("telemetry-inject key check").bytes();
      if (!verifier.verify(probe, signer.sign(probe))) {
        throw keys.unusable("its two halves do not belong together", null);
      }
      return new SigningKeys(file, signer, verifier);
    } catch (GeneralSecurityException e) {
      throw keys.unusable("it holds no Ed25519 key pair", e);
    }
  }

  /**
   * Reads public keys alone, for processes that must not be able to sign. Several are good at a
   * time, so that one can follow the other.
   *
   * @param publicFiles at least one
   */
  public static ScriptVerifier publicOnly(List<Path> publicFiles) throws CacheException {
    if (publicFiles.isEmpty()) {
      throw new CacheException(
          CacheError.SIGNING_KEY,
          "no public key was named that scripts could be checked with",
          "Name the generator's signing-key.pub.",
          null);
    }
    ScriptVerifier all = publicOnly(publicFiles.get(0));
    for (Path file : publicFiles.subList(1, publicFiles.size())) {
      all = all.or(publicOnly(file));
    }
    return all;
  }

  private static ScriptVerifier publicOnly(Path publicFile) throws CacheException {
    KeyFile keys = new KeyFile(publicFile);
    try {
      return Ed25519.verifier(Ed25519.publicKey(keys.block("PUBLIC KEY", keys.read())));
    } catch (GeneralSecurityException e) {
      throw keys.unusable("it holds no Ed25519 public key", e);
    }
  }

  /**
   * Refuses a private key that lies where its scripts or sources are: whoever may write there could
   * sign what they like.
   */
  public SigningKeys requireOutside(Path... directories) throws CacheException {
    for (Path directory : directories) {
      if (real(file).startsWith(real(directory))) {
        throw new CacheException(
            CacheError.SIGNING_KEY,
            "cannot use signing key " + file + ": it lies inside " + directory,
            "Move it out, e.g. to ~/.config/telemetry-inject/signing-key.",
            null);
      }
    }
    return this;
  }

  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    @Nullable Path existing = absolute;
    while (existing != null) {
      try {
        return existing.toRealPath().resolve(existing.relativize(absolute));
      } catch (IOException e) {
        existing = existing.getParent();
      }
    }
    return absolute;
  }

  /**
   * The same pair, with other public keys that are trusted as well.
   *
   * @param publicFiles may be empty
   */
  public SigningKeys trusting(List<Path> publicFiles) throws CacheException {
    return publicFiles.isEmpty()
        ? this
        : new SigningKeys(file, signer, verifier.or(publicOnly(publicFiles)));
  }

  public ScriptSigner signer() {
    return signer;
  }

  public ScriptVerifier verifier() {
    return verifier;
  }
}

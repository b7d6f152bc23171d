package io.telemetryinject.cache.s3;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.Namespace;

/**
 * How far a process is trusted with a cache. It is a matter of how the process is set up, and of
 * the keys and rights that it was given; no message can change it.
 *
 * @param writesTo the namespace that an untrusted process is kept to; {@link Namespace#TRUSTED} for
 *     one that may write for everybody
 * @param promotes the namespace whose scripts a trusted generator may validate anew and adopt;
 *     {@link Namespace#TRUSTED} for none
 */
public record CacheTrust(Namespace writesTo, Namespace promotes) {
  /** May write for everybody, and takes nothing from anybody else. */
  public static final CacheTrust FULL = new CacheTrust(Namespace.TRUSTED, Namespace.TRUSTED);

  public CacheTrust {
    requireNonNull(writesTo, "writesTo is null");
    requireNonNull(promotes, "promotes is null");
    if (!writesTo.isTrusted() && !promotes.isTrusted()) {
      throw new IllegalArgumentException("who is not trusted cannot promote " + promotes.name());
    }
  }

  /**
   * As options have it.
   *
   * @param untrusted name of a namespace; empty for full trust
   * @param promote name of a namespace; empty for none
   * @throws IllegalArgumentException when they make no sense, with words for a person
   */
  public static CacheTrust of(String untrusted, String promote) {
    return new CacheTrust(new Namespace(untrusted), new Namespace(promote));
  }
}

package io.telemetryinject.model;

/** Why the cache had no script for a function. */
public enum MissReason {
  /** No script for this kind of function was ever stored. */
  NEW_SHAPE("new shape"),
  /** The same, where scripts are looked up by signature. */
  NEW_SIGNATURE("never seen"),
  /** There is one that was written with other lessons. */
  LESSONS_CHANGED("lessons changed"),
  /** There is one for another telemetry policy: exceptions mode or intent. */
  POLICY_CHANGED("policy changed"),
  /** There is one for an earlier version of the script contract. */
  CONTRACT_CHANGED("contract changed"),
  /** There is one that failed its checks, or somebody's complaint. */
  QUARANTINED("quarantined"),
  /** There was one, and it was pruned. */
  EXPIRED("expired"),
  /** The run passes over the cache. */
  FORCED("forced"),
  /** The cache could not be asked why. */
  UNKNOWN("cannot be told");

  private final String word;

  MissReason(String word) {
    this.word = word;
  }

  /** As people read it. */
  public String word() {
    return word;
  }
}

package io.telemetryinject.model;

/**
 * How scripts came about, beyond how many.
 *
 * @param scriptsAdopted scripts of other keys that passed validation and serve a key as they are
 * @param healRounds times that a model was shown what its script did wrong
 * @param overBudget calls that were not made because a budget was spent
 */
public record Authoring(int scriptsAdopted, int healRounds, int overBudget) {
  private static final Authoring NONE = new Authoring(0, 0, 0);

  public static Authoring none() {
    return NONE;
  }

  Authoring plus(Authoring other) {
    return new Authoring(
        scriptsAdopted + other.scriptsAdopted,
        healRounds + other.healRounds,
        overBudget + other.overBudget);
  }
}

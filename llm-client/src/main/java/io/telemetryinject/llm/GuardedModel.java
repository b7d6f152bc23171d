package io.telemetryinject.llm;

/** A model with everything around it, counted. */
final class GuardedModel implements LanguageModel {
  private final ModelName name;
  private final Costs costs;
  private final Retrying retrying;
  private final Doors doors;
  private final ModelMeters meters;

  GuardedModel(ModelName name, Costs costs, Retrying retrying, Doors doors, ModelMeters meters) {
    this.name = name;
    this.costs = costs;
    this.retrying = retrying;
    this.doors = doors;
    this.meters = meters;
  }

  @Override
  public ModelName name() {
    return name;
  }

  @Override
  public Reply ask(Prompt prompt, Account account) throws InterruptedException {
    Reply reply = retrying.ask(prompt, account);
    meters.asked(prompt.purpose(), reply);
    return reply;
  }

  @Override
  public Estimate estimate(Prompt prompt) {
    return costs.estimate(prompt);
  }

  @Override
  public boolean priceKnown() {
    return costs.price().isPresent();
  }

  @Override
  public void close() {
    doors.close();
  }
}

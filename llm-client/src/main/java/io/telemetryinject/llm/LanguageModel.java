package io.telemetryinject.llm;

/** A language model behind its limits, budget and breaker; safe for many threads. */
public interface LanguageModel extends AutoCloseable {
  ModelName name();

  /**
   * Asks once, waiting for rate limits and retrying what passes. Never throws for what a provider
   * does: see {@link Ending}.
   *
   * @throws InterruptedException when the thread was interrupted while it waited or called
   * @throws SpendLedgerException when the ledger can be neither read nor written
   */
  Reply ask(Prompt prompt, Account account) throws InterruptedException;

  /** Tokens and cost of a prompt, expected and at worst, without a call. */
  Estimate estimate(Prompt prompt);

  /** False when the model is in no price table; its cost then counts as 0 and must be said so. */
  boolean priceKnown();

  /** Ends calls that wait as {@link Ending#UNAVAILABLE}; those in flight come to their end. */
  @Override
  void close();
}

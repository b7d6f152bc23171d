package io.telemetryinject.llm;

/**
 * One try at a prompt; what limits, protects, pays for or makes it are decorators of one another.
 */
@FunctionalInterface
interface Attempts {
  Attempt once(Prompt prompt, Account account) throws InterruptedException;
}

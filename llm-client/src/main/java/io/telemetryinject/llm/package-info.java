/**
 * Language models behind their limits, a budget and a circuit breaker: prompt in, typed reply out.
 */
@NullMarked
package io.telemetryinject.llm;

import org.jspecify.annotations.NullMarked;

/** Runs cached scripts on functions and verifies what they answer: executions in, outcomes out. */
@NullMarked
package io.telemetryinject.executor;

import org.jspecify.annotations.NullMarked;

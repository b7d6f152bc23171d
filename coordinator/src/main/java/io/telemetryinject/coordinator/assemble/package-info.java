/** Outcomes to files: verifies again, composes, compiles, writes atomically. */
@NullMarked
package io.telemetryinject.coordinator.assemble;

import org.jspecify.annotations.NullMarked;

/** Meters that several programs of the pipeline share; all of them are in docs/metrics.md. */
@NullMarked
package io.telemetryinject.metrics;

import org.jspecify.annotations.NullMarked;

/**
 * Figures of language models as script authors, all against the stub: what it writes is no model's
 * work.
 */
@NullMarked
package io.telemetryinject.benchmarks.models;

import org.jspecify.annotations.NullMarked;

/** The telemetry-inject command: options in, a run, progress and a summary out. */
@NullMarked
package io.telemetryinject.cli;

import org.jspecify.annotations.NullMarked;

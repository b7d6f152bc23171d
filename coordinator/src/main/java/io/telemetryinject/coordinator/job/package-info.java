/** The coordinator as a process of its own: one run, then it ends. */
@NullMarked
package io.telemetryinject.coordinator.job;

import org.jspecify.annotations.NullMarked;

/** What git knows of an input: commits, what they changed, and trees to read without a checkout. */
@NullMarked
package io.telemetryinject.coordinator.git;

import org.jspecify.annotations.NullMarked;

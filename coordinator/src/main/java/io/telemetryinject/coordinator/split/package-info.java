/** Files to function tasks. */
@NullMarked
package io.telemetryinject.coordinator.split;

import org.jspecify.annotations.NullMarked;

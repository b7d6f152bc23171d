/** What a tree's owner wants instrumented, and how: {@code telemetry.yaml}. */
@NullMarked
package io.telemetryinject.coordinator.policy;

import org.jspecify.annotations.NullMarked;

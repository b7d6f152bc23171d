/** Where assembled files go: a tree of their own, their own place, or a diff. */
@NullMarked
package io.telemetryinject.coordinator.output;

import org.jspecify.annotations.NullMarked;

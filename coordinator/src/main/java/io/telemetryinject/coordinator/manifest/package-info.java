/** What a run did to each file, exactly enough to resume it and to take it back. */
@NullMarked
package io.telemetryinject.coordinator.manifest;

import org.jspecify.annotations.NullMarked;

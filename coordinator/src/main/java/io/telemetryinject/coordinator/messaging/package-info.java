/** The coordinator's end of the topics: tasks go out, outcomes come in. */
@NullMarked
package io.telemetryinject.coordinator.messaging;

import org.jspecify.annotations.NullMarked;

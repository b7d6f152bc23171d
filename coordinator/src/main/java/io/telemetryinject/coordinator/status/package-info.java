/** How runs go, for people who watch them: counted here, told on the topic {@code runs}. */
@NullMarked
package io.telemetryinject.coordinator.status;

import org.jspecify.annotations.NullMarked;

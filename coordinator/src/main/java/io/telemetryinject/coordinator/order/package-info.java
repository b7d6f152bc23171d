/** What is asked of a run, wherever it is asked: opened, carried out, published and reported. */
@NullMarked
package io.telemetryinject.coordinator.order;

import org.jspecify.annotations.NullMarked;

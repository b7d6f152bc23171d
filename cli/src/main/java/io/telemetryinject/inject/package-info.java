/** The library: the whole pipeline in one process, without Kafka or Spring. */
@NullMarked
package io.telemetryinject.inject;

import org.jspecify.annotations.NullMarked;

/** Runs over Kafka from one command: with workers and broker in this process, or elsewhere. */
@NullMarked
package io.telemetryinject.embedded;

import org.jspecify.annotations.NullMarked;

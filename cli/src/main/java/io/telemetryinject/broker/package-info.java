/** A real Kafka broker inside this process, for runs that bring their own. */
@NullMarked
package io.telemetryinject.broker;

import org.jspecify.annotations.NullMarked;

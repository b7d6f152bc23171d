/**
 * Records over Kafka: topics, publishing, reading, dead letters. Knows nothing of what they mean.
 */
@NullMarked
package io.telemetryinject.messaging;

import org.jspecify.annotations.NullMarked;

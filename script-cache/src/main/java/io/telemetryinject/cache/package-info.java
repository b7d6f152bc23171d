/** Validated insertion scripts: stored create-once, signed, checked on every read. */
@NullMarked
package io.telemetryinject.cache;

import org.jspecify.annotations.NullMarked;

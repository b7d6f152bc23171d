/** Runs untrusted insertion scripts under limits, many functions per round trip. */
@NullMarked
package io.telemetryinject.sandbox;

import org.jspecify.annotations.NullMarked;

/** Writes, validates, signs and stores insertion scripts: script-requests in, executions out. */
@NullMarked
package io.telemetryinject.generator;

import org.jspecify.annotations.NullMarked;

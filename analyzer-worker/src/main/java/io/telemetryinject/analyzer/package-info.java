/**
 * Describes functions and looks up their scripts: function-tasks in, executions or script-requests
 * out.
 */
@NullMarked
package io.telemetryinject.analyzer;

import org.jspecify.annotations.NullMarked;

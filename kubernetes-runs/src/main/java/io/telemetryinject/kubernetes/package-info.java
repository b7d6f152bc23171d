/** Runs as Kubernetes Jobs: made from the chart's template, watched, read and ended. */
@NullMarked
package io.telemetryinject.kubernetes;

import org.jspecify.annotations.NullMarked;

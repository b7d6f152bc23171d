/** Holds images, chart and compose file against the applications and against Kubernetes' APIs. */
@NullMarked
package io.telemetryinject.deploy;

import org.jspecify.annotations.NullMarked;

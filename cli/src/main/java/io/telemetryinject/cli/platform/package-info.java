/** The commands that submit runs to a Kubernetes cluster, and look after them there. */
@NullMarked
package io.telemetryinject.cli.platform;

import org.jspecify.annotations.NullMarked;

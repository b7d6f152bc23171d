/** A run from its request to its report: splits a tree into function tasks, assembles outcomes. */
@NullMarked
package io.telemetryinject.coordinator;

import org.jspecify.annotations.NullMarked;

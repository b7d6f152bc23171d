/**
 * What a run reads: the files, links and oddities of an input tree, never followed out of its root.
 */
@NullMarked
package io.telemetryinject.coordinator.tree;

import org.jspecify.annotations.NullMarked;

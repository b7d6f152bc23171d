/**
 * What travels between the stages, in the order of the data flow: task, metadata, script, outcome.
 */
@NullMarked
package io.telemetryinject.model;

import org.jspecify.annotations.NullMarked;

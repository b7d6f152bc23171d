/** What produces every figure in the README. */
@NullMarked
package io.telemetryinject.benchmarks;

import org.jspecify.annotations.NullMarked;

/**
 * Answers as a model that can write insertion scripts would give them, right ones and wrong ones.
 */
@NullMarked
package io.telemetryinject.llm.stub.writing;

import org.jspecify.annotations.NullMarked;

/**
 * A local server that answers like a language model's provider, well or badly, as a script says.
 */
@NullMarked
package io.telemetryinject.llm.stub;

import org.jspecify.annotations.NullMarked;

/** What the pipeline asks of a language, and the vocabulary of the answers. */
@NullMarked
package io.telemetryinject.language;

import org.jspecify.annotations.NullMarked;

/** Who writes tests and scripts: templates, and language models that are shown their mistakes. */
@NullMarked
package io.telemetryinject.generator.author;

import org.jspecify.annotations.NullMarked;

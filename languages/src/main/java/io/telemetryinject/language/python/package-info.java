/** The Python pack: lexer, scanner, allowed telemetry forms, verifier, composer, templates. */
@NullMarked
package io.telemetryinject.language.python;

import org.jspecify.annotations.NullMarked;

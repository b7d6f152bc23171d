package io.telemetryinject.coordinator.manifest;

/**
 * What a line says of itself.
 *
 * @param outline bytes from the line's beginning up to its insertions
 * @param whole bytes of the whole line, without its break
 */
record LineLengths(int outline, long whole) {}

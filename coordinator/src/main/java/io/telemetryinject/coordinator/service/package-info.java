/** The coordinator that stays: takes orders, carries several out at once, and resumes them. */
@NullMarked
package io.telemetryinject.coordinator.service;

import org.jspecify.annotations.NullMarked;

/** The service's REST API and page, and what guards them. */
@NullMarked
package io.telemetryinject.coordinator.service.web;

import org.jspecify.annotations.NullMarked;

package io.telemetryinject.llm;

import io.telemetryinject.model.RunId;
import java.time.LocalDate;

/** Money set aside for one call; counts as spent until it is settled. */
public record Reservation(RunId run, LocalDate day, long microDollars) {}

package io.telemetryinject.generator;

import io.telemetryinject.generator.author.Manuscript.Abandoned;
import io.telemetryinject.model.RunId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a person, once for each run, that a model is asked in vain: others write instead, so that
 * nothing else would show a wrong key or a server that is not there.
 */
final class Silences {
  private static final Logger LOGGER = LoggerFactory.getLogger(Silences.class);

  /** So many at a time are known to be told. */
  private static final int REMEMBERED = 1_000;

  private record Silence(RunId run, String author) {}

  private final Set<Silence> told =
      Collections.newSetFromMap(
          Collections.synchronizedMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Silence, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  /** A budget that is spent is the run's own to tell. */
  void tell(RunId run, String author, Abandoned abandoned) {
    boolean budget = abandoned.effort().authoring().overBudget() > 0;
    if (!budget && told.add(new Silence(run, author))) {
      LOGGER
          .atWarn()
          .addKeyValue("run", run.shortForm())
          .addKeyValue("reason", abandoned.detail())
          .log("{} writes no scripts for now, so that the next author does", author);
    }
  }
}

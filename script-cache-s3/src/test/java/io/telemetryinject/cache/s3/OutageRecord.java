package io.telemetryinject.cache.s3;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told. */
final class OutageRecord implements OutageListener {
  final List<String> told = new CopyOnWriteArrayList<>();

  @Override
  public void began(String location, String problem, Duration patience) {
    told.add("began");
  }

  @Override
  public void ended(String location, Duration lasted) {
    told.add("ended");
  }
}

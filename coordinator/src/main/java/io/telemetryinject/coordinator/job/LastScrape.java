package io.telemetryinject.coordinator.job;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps a process whose run is over until its figures are fetched once more, before the web server
 * stops: a job ends with its run, and Prometheus would never see how. Off where no time is set.
 */
@Component
final class LastScrape extends OncePerRequestFilter implements SmartLifecycle {
  private final Duration patience;
  private volatile boolean running;
  private volatile CountDownLatch awaited = new CountDownLatch(0);

  /**
   * @param patience how long to wait at most: somewhat longer than from one scrape to the next
   */
  LastScrape(@Value("${telemetry-inject.last-scrape:0s}") Duration patience) {
    this.patience = patience;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().endsWith("/prometheus");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    CountDownLatch since = awaited;
    chain.doFilter(request, response);
    since.countDown();
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    if (patience.isZero()) {
      return;
    }
    CountDownLatch scrape = new CountDownLatch(1);
    awaited = scrape;
    try {
      boolean unused = scrape.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}

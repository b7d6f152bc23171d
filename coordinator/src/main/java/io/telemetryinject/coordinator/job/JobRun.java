package io.telemetryinject.coordinator.job;

import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.messaging.KafkaOrders;
import io.telemetryinject.coordinator.messaging.WorkSettings;
import io.telemetryinject.coordinator.order.Ending;
import io.telemetryinject.coordinator.order.RunOrder;
import io.telemetryinject.coordinator.status.RunAnnouncer;
import io.telemetryinject.coordinator.status.RunWatch;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.context.SmartLifecycle;

/** The one run of a job. */
final class JobRun implements ApplicationRunner, ExitCodeGenerator, SmartLifecycle {
  private static final Logger LOGGER = LoggerFactory.getLogger(JobRun.class);
  private static final long STOP_SECONDS = 15;

  /** Advice names options of the command; a job's are called the same behind a prefix. */
  private static final Pattern OPTION = Pattern.compile("--(?=(input|output|ref|policy)\\b)");

  private final CoordinatorSettings settings;
  private final WorkSettings work;
  private final KafkaOrders orders;
  private final RunAnnouncer announcer;
  private final Supplier<RunListener> measures;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable Thread worker;
  private volatile int exitCode;

  JobRun(
      CoordinatorSettings settings,
      WorkSettings work,
      KafkaOrders orders,
      RunAnnouncer announcer,
      Supplier<RunListener> measures) {
    this.settings = settings;
    this.work = work;
    this.orders = orders;
    this.announcer = announcer;
    this.measures = measures;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    worker = Thread.currentThread();
    try {
      Ending ending = perform();
      exitCode = ending.exitCode();
      if (!ending.what().isEmpty()) {
        LOGGER.error(OPTION.matcher(ending.sentences()).replaceAll("--telemetry-inject."));
      }
    } finally {
      worker = null;
      over.countDown();
    }
  }

  private Ending perform() {
    RunWatch watch;
    RunOrder order;
    try {
      Clock clock = Clock.systemUTC();
      watch = new RunWatch(settings.shown(), clock.instant(), clock);
      order = settings.order(work.buckets());
    } catch (InputProblem e) {
      return Ending.of(e);
    }
    try (RunAnnouncer.Announcement announcement = announcer.announce(watch)) {
      RunListener listener = RunListener.both(new ProgressLog(watch), measures.get());
      Ending ending =
          orders.perform(order, work.place(), work.compiler(), watch, listener, settings.report());
      watch.ended(ending);
      return ending;
    }
  }

  @Override
  public int getExitCode() {
    return exitCode;
  }

  @Override
  public void start() {}

  /** The process is asked to end: what is done is safe, and whoever watches is told. */
  @Override
  public void stop() {
    Thread running = worker;
    if (running != null) {
      running.interrupt();
      try {
        over.await(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return worker != null;
  }
}

package io.telemetryinject.benchmarks.models;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telemetryinject.cli.Main;
import io.telemetryinject.llm.Account;
import io.telemetryinject.llm.Ending;
import io.telemetryinject.llm.FileSpendLedger;
import io.telemetryinject.llm.FleetShare;
import io.telemetryinject.llm.LanguageModel;
import io.telemetryinject.llm.LanguageModels;
import io.telemetryinject.llm.ModelLimits;
import io.telemetryinject.llm.ModelSettings;
import io.telemetryinject.llm.Prompt;
import io.telemetryinject.llm.Provider;
import io.telemetryinject.llm.Purpose;
import io.telemetryinject.llm.Reply;
import io.telemetryinject.llm.Reservation;
import io.telemetryinject.llm.SpendLedger;
import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.Script;
import io.telemetryinject.llm.stub.StubAnswer;
import io.telemetryinject.llm.stub.WireProtocol;
import io.telemetryinject.llm.stub.writing.WritingModel;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.Sha256;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a limit holds while many calls are under way, and how the command ends at it. */
public final class Budget {
  private static final int CALLERS = 64;
  private static final long LIMIT_MICRO_DOLLARS = 500_000;
  private static final Duration LATENCY = Duration.ofMillis(300);
  private static final String COMMAND_LIMIT = "0.05";

  private final Bench bench;

  private Budget(Bench bench) {
    this.bench = bench;
  }

  /**
   * @param args tree, python
   */
  public static void main(String[] args) throws Exception {
    try (Bench bench = new Bench()) {
      Budget budget = new Budget(bench);
      Clock clock = Clock.systemUTC();
      Path directory = bench.work().resolve("spend");
      budget.callers(
          "reserved before the call", new FileSpendLedger(directory, clock, Long.MAX_VALUE));
      budget.callers("control: only looked at before", new Trusting());
      budget.command(Path.of(args[0]), args[1]);
    }
    System.exit(0);
  }

  /** Sets nothing aside: what a limit is worth without reservations. */
  private static final class Trusting implements SpendLedger {
    private final AtomicLong spent = new AtomicLong();

    @Override
    public Optional<Reservation> reserve(Account account, long worstMicroDollars) {
      return worstMicroDollars > account.maxMicroDollars() - spent.get()
          ? Optional.empty()
          : Optional.of(new Reservation(account.run(), LocalDate.EPOCH, 0));
    }

    @Override
    public void settle(Reservation reservation, long actualMicroDollars) {
      spent.addAndGet(actualMicroDollars);
    }

    @Override
    public long spent(RunId run) {
      return spent.get();
    }

    @Override
    public boolean limited() {
      return false;
    }
  }

  /** Every caller asks until it is told that there is no money left. */
  private void callers(String name, SpendLedger ledger) throws Exception {
    Account account = new Account(new RunId(Sha256.of(name)), LIMIT_MICRO_DOLLARS);
    // An answer of the greatest length: its worst case is what it costs.
    Script script = request -> StubAnswer.text("word".repeat(request.maxTokens()));
    AtomicLong charged = new AtomicLong();
    AtomicInteger refused = new AtomicInteger();
    try (LlmStub stub = LlmStub.start(Bench.taking(LATENCY, script));
        LanguageModel model = open(stub, ledger)) {
      ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(
            threads.submit(
                () -> {
                  Reply reply = ask(model, account);
                  while (reply.ending() != Ending.OVER_BUDGET) {
                    charged.addAndGet(reply.usage().microDollars());
                    reply = ask(model, account);
                  }
                  refused.incrementAndGet();
                  return null;
                }));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
      threads.shutdown();
      bench.line(
          "%-31s %d callers, most at once %d, %d calls: spent $%.6f of $%.6f, overshoot $%.6f",
          name,
          refused.get(),
          stub.mostConcurrent(),
          stub.requests().size(),
          charged.get() / 1e6,
          LIMIT_MICRO_DOLLARS / 1e6,
          Math.max(0, charged.get() - LIMIT_MICRO_DOLLARS) / 1e6);
    }
  }

  private static Reply ask(LanguageModel model, Account account) throws InterruptedException {
    return model.ask(new Prompt(Purpose.SCRIPT, "You write scripts.", "Go.", 2_000), account);
  }

  private static LanguageModel open(LlmStub stub, SpendLedger ledger) {
    return LanguageModels.open(
        ModelSettings.of(Provider.OPENAI)
            .withBaseUrl(stub.baseUrl(WireProtocol.OPENAI))
            .withLimits(new ModelLimits(0, 0, CALLERS)),
        ledger,
        FleetShare.alone(),
        new SimpleMeterRegistry());
  }

  /** The whole command, with 64 calls allowed at once. */
  private void command(Path tree, String python) throws Exception {
    try (LlmStub stub = LlmStub.start(Bench.taking(LATENCY, WritingModel.ofOwnShape()))) {
      Path home = bench.work();
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx400m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName()));
      command.addAll(List.of("--input", tree.toString(), "--python", python));
      command.addAll(List.of("--output", home.resolve("out").toString()));
      command.addAll(List.of("--cache-dir", home.resolve("cache").toString()));
      command.addAll(List.of("--signing-key", home.resolve("key/signing-key").toString()));
      command.addAll(List.of("--provider", "openai", "--max-cost", COMMAND_LIMIT));
      command.addAll(List.of("--base-url", stub.baseUrl(WireProtocol.OPENAI)));
      command.addAll(List.of("--requests-per-minute", "0", "--tokens-per-minute", "0"));
      command.addAll(List.of("--concurrent-calls", Integer.toString(CALLERS)));
      bench.line("the command on %s with --max-cost %s:", tree.getFileName(), COMMAND_LIMIT);
      Process process = new ProcessBuilder(command).inheritIO().start();
      int exitCode = process.waitFor();
      bench.line("exit code %d, %d calls seen by the stub", exitCode, stub.requests().size());
    }
  }
}

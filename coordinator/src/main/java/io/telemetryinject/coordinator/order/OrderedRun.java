package io.telemetryinject.coordinator.order;

import io.telemetryinject.cache.s3.OutageListener;
import io.telemetryinject.cache.s3.S3Settings;
import io.telemetryinject.cache.s3.S3Tree;
import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.coordinator.Shortcuts;
import io.telemetryinject.coordinator.git.GitAddress;
import io.telemetryinject.coordinator.git.GitInput;
import io.telemetryinject.coordinator.git.GitRoot;
import io.telemetryinject.coordinator.policy.PolicyFile;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An order whose input is open: a commit is laid out, and nobody else's until this is closed. */
public final class OrderedRun implements AutoCloseable {
  private final RunOrder order;
  private final RunRequest request;
  private final Consumer<String> remarks;
  private final @Nullable GitInput commit;

  /** What carries a request out, in this process or over a broker. */
  public interface Pipeline {
    RunReport run(RunRequest request) throws Exception;
  }

  private OrderedRun(
      RunOrder order, RunRequest request, Consumer<String> remarks, @Nullable GitInput commit) {
    this.order = order;
    this.request = request;
    this.remarks = remarks;
    this.commit = commit;
  }

  /**
   * Opens an order's input; fetches it, if it is elsewhere.
   *
   * @param remarks hears what a person should know, sentence by sentence
   * @throws InputProblem when the order or its input does not allow a run; nothing was written
   */
  public static OrderedRun open(RunOrder order, WorkPlace place, Consumer<String> remarks)
      throws InputProblem, IOException {
    if (order.incremental() && !order.makesTree()) {
      throw new InputProblem(
          "an incremental run needs a tree of its own as output",
          "Name a directory or a place in a bucket; a patch is always whole.");
    }
    Optional<GitAddress> address = GitAddress.of(order.input(), order.ref() != null);
    if (address.isEmpty()) {
      Path directory = Path.of(order.input());
      if (!Files.isDirectory(directory)) {
        throw new InputProblem(
            "the input " + directory + " is not a directory",
            "Name an existing directory with --input.");
      }
      return new OrderedRun(order, request(order, place, directory, null), remarks, null);
    }
    if (inPlace(order)) {
      throw new InputProblem(
          "a commit cannot be changed in place: " + address.get(),
          "Name a directory or a patch with --output.");
    }
    GitInput commit = GitInput.open(address.get(), order.ref(), place.clones());
    try {
      commit.remarks().forEach(remarks);
      RunRequest request = request(order, place, commit.directory(), commit.root());
      return new OrderedRun(order, request, remarks, commit);
    } catch (InputProblem | IOException | RuntimeException e) {
      commit.close();
      throw e;
    }
  }

  private static boolean inPlace(RunOrder order) {
    return order.output() instanceof OrderedOutput.Here here
        && here.destination() instanceof Destination.InPlace;
  }

  private static RunRequest request(
      RunOrder order, WorkPlace place, Path directory, @Nullable GitRoot git)
      throws InputProblem, IOException {
    PolicyFile file = PolicyFile.find(order.policy(), directory);
    RunOrder.Making making = order.making();
    return new RunRequest(
            directory,
            destination(order, place),
            new RunPolicy(
                file.exceptionsUnless(order.exceptions()),
                making.cacheKey(),
                making.forceRegenerate(),
                making.method(),
                file.intent(),
                making.maxMicroDollars()),
            file.includesWith(order.includes()),
            file.excludesWith(order.excludes()),
            file.selection(),
            place.leftOut(),
            place.assemblers(),
            place.patience())
        .with(new Shortcuts(order.incremental(), git, place.digests()));
  }

  private static Destination destination(RunOrder order, WorkPlace place) {
    return order.output() instanceof OrderedOutput.Here here
        ? here.destination()
        : new Destination.Tree(treeOf((OrderedOutput.Bucket) order.output(), place));
  }

  /**
   * Where a tree is put together that goes to a bucket; kept, so that the next run builds on it.
   */
  public static Path treeOf(OrderedOutput.Bucket bucket, WorkPlace place) {
    URI endpoint = bucket.settings().endpoint();
    String name = endpoint + " " + bucket.name();
    return place.outputs().resolve(Sha256.of(name).substring(0, 12));
  }

  /** What is to be run. */
  public RunRequest request() {
    return request;
  }

  /**
   * Carries the order out: what it builds on is fetched first, and what it made is sent last.
   *
   * @param published called before the result is sent to a bucket, if it is
   * @throws InputProblem when the user must change something first; nothing was written
   */
  public RunReport perform(Pipeline pipeline, OutageListener outages, Runnable published)
      throws Exception {
    if (!(order.output() instanceof OrderedOutput.Bucket bucket)) {
      return pipeline.run(request);
    }
    Path tree = ((Destination.Tree) request.destination()).root();
    if (order.incremental()) {
      fetch(bucket, tree, outages);
    }
    RunReport report = pipeline.run(request);
    published.run();
    publish(bucket, tree, outages);
    return report;
  }

  /** What lies in the bucket counts, not what an earlier run on this machine has left. */
  private void fetch(OrderedOutput.Bucket bucket, Path directory, OutageListener outages)
      throws Exception {
    try (S3Tree tree = open(bucket.settings(), outages)) {
      Optional<S3Tree.Moved> moved = tree.fetch(directory);
      remarks.accept(
          moved.isEmpty()
              ? "no complete result lies at " + bucket.name() + " yet"
              : String.format(
                  Locale.ROOT,
                  "%,d of %,d files fetched from %s",
                  moved.get().moved(),
                  moved.get().files(),
                  bucket.name()));
    }
  }

  private void publish(OrderedOutput.Bucket bucket, Path directory, OutageListener outages)
      throws Exception {
    try (S3Tree tree = open(bucket.settings(), outages)) {
      S3Tree.Moved moved = tree.publish(directory);
      remarks.accept(
          String.format(
              Locale.ROOT,
              "%,d of %,d files sent to %s, %,d removed",
              moved.moved(),
              moved.files(),
              bucket.name(),
              moved.removed()));
    }
  }

  private static S3Tree open(S3Settings settings, OutageListener outages) throws Exception {
    return S3Tree.open(settings, outages);
  }

  @Override
  public void close() throws IOException {
    if (commit != null) {
      commit.close();
    }
  }
}

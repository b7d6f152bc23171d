package io.telemetryinject.cli.platform;

import io.telemetryinject.kubernetes.BucketAddress;
import io.telemetryinject.kubernetes.Cluster;
import io.telemetryinject.kubernetes.JobChoices;
import io.telemetryinject.kubernetes.RepositoryAddress;
import io.telemetryinject.kubernetes.RunChoices;
import io.telemetryinject.kubernetes.RunOrder;
import io.telemetryinject.kubernetes.RunProblem;
import io.telemetryinject.model.ExceptionPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a submitted run is to do, and how it is carried out. */
final class SubmitOptions {
  @Option(
      names = "--repo",
      required = true,
      paramLabel = "URL",
      description = "Git repository to instrument; without credentials in it.")
  private String repo = "";

  @Option(
      names = "--ref",
      paramLabel = "REF",
      description = "Branch, tag or commit (default: the repository's default branch).")
  private @Nullable String ref;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "s3://BUCKET/PREFIX",
      description = "Where the result goes.")
  private String output = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the run (default: made of repository and ref).")
  private @Nullable String name;

  @Option(
      names = "--owner",
      paramLabel = "USER",
      description = "Who asks for it (default: the kubeconfig's user, else this machine's).")
  private @Nullable String owner;

  @Option(names = "--incremental", description = "Build on the last completed run to --output.")
  private boolean incremental;

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Instrument only source files that match; may be repeated.")
  private List<String> includes = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "Carry matching source files over as they are; may be repeated.")
  private List<String> excludes = new ArrayList<>();

  @Option(
      names = "--exceptions",
      paramLabel = "capture|ignore",
      description = "Whether exceptions are reported (default: as the tree's policy says).")
  private @Nullable ExceptionPolicy exceptions;

  @Option(
      names = "--max-cost",
      paramLabel = "USD",
      description = "What models may cost (default: as the template says).")
  private @Nullable BigDecimal maxCost;

  @Option(
      names = "--deadline",
      paramLabel = "SPAN",
      converter = SpanConverter.class,
      description = "End the run after this time, e.g. 8h (default: as the template says).")
  private @Nullable Duration deadline;

  @Option(
      names = "--backoff-limit",
      paramLabel = "N",
      description = "How many pods may fail before it is given up (default: as the template says).")
  private @Nullable Integer backoffLimit;

  @Option(
      names = "--run-template",
      paramLabel = "NAME",
      description = "The chart's run template, where a namespace has several.")
  private @Nullable String template;

  @Option(
      names = "--allow-parallel",
      description = "Submit it even while another run writes to the same --output.")
  private boolean allowParallel;

  /**
   * Puts the options together.
   *
   * @throws RunProblem when they do not make sense
   */
  RunOrder order(Cluster cluster) throws RunProblem {
    if (maxCost != null && maxCost.signum() < 0) {
      throw new RunProblem("--max-cost " + maxCost + " is too little", "Name at least 0.");
    }
    if (backoffLimit != null && backoffLimit < 0) {
      throw new RunProblem("--backoff-limit " + backoffLimit + " is too little", "Name 0 or more.");
    }
    return new RunOrder(
        RepositoryAddress.of(repo),
        ref,
        BucketAddress.of(output),
        new RunChoices(incremental, includes, excludes, exceptions, maxCost),
        new JobChoices(name, owner(cluster), template, deadline, backoffLimit, allowParallel));
  }

  private String owner(Cluster cluster) {
    return owner != null
        ? owner
        : cluster.user().orElseGet(() -> System.getProperty("user.name", ""));
  }
}

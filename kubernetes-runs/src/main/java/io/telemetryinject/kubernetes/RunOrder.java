package io.telemetryinject.kubernetes;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A run that somebody asks for.
 *
 * @param ref branch, tag or commit; without one, the repository's default branch
 * @param choices how functions and files are treated
 * @param job how the run is carried out
 */
public record RunOrder(
    RepositoryAddress repository,
    @Nullable String ref,
    BucketAddress output,
    RunChoices choices,
    JobChoices job) {

  public RunOrder {
    requireNonNull(repository, "repository is null");
    requireNonNull(output, "output is null");
    requireNonNull(choices, "choices are null");
    requireNonNull(job, "job is null");
  }
}

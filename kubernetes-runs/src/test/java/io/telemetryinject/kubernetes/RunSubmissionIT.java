package io.telemetryinject.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSubmissionIT {
  @TempDir private Path directory;
  private TestCluster cluster;
  private RunSubmission submission;
  private RunList runs;

  @BeforeEach
  void start() throws Exception {
    cluster = TestCluster.start(directory);
    submission = new RunSubmission(cluster.cluster());
    runs = new RunList(cluster.cluster());
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private List<Job> jobs() {
    return cluster
        .client()
        .batch()
        .v1()
        .jobs()
        .inNamespace(cluster.cluster().namespace())
        .list()
        .getItems();
  }

  private void addTemplate(String name) {
    CronJob template = Orders.template();
    template.getMetadata().setName(name);
    cluster.client().resource(template).inNamespace(cluster.cluster().namespace()).create();
  }

  @Test
  void createsTheJobThatTheDraftShows() throws RunProblem {
    RunOrder order = Orders.order("s3://results/shop", Orders.named("nightly"));
    Job draft = Serialization.unmarshal(submission.draft(order), Job.class);
    assertThat(jobs()).isEmpty();

    RunSubmission.Submitted run = submission.submit(order);

    assertThat(run).isEqualTo(new RunSubmission.Submitted("nightly", true));
    assertThat(jobs()).hasSize(1);
    assertThat(jobs().get(0).getSpec()).isEqualTo(draft.getSpec());
    assertThat(jobs().get(0).getMetadata().getLabels()).isEqualTo(draft.getMetadata().getLabels());
  }

  @Test
  void saysWhenNoVolumeOutlivesAPod() throws RunProblem {
    cluster
        .client()
        .batch()
        .v1()
        .cronjobs()
        .inNamespace(cluster.cluster().namespace())
        .withName("telemetry-inject-run")
        .edit(
            template -> {
              template
                  .getSpec()
                  .getJobTemplate()
                  .getSpec()
                  .getTemplate()
                  .getSpec()
                  .getVolumes()
                  .get(0)
                  .setPersistentVolumeClaim(null);
              return template;
            });

    assertThat(submission.submit(Orders.order()).keepsWork()).isFalse();
  }

  @Test
  void refusesASecondRunToTheSameOutputUntilTheFirstIsOver() throws RunProblem {
    String first = submission.submit(Orders.order("s3://results/shop/")).name();

    RunProblem refused =
        catchThrowableOfType(RunProblem.class, () -> submission.submit(Orders.order()));

    assertThat(refused).hasMessageContaining(first).hasMessageContaining("s3://results/shop");
    assertThat(refused.advice()).contains("cancel " + first, "--allow-parallel");
    assertThat(jobs()).hasSize(1);
    cluster.runs(first);
    assertThatThrownBy(() -> submission.submit(Orders.order())).isInstanceOf(RunProblem.class);
    cluster.ends(first, 1);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> runs.find(first).orElseThrow().phase().over());
    assertThat(submission.submit(Orders.order()).name()).isNotEqualTo(first);
  }

  @Test
  void letsRunsToOtherOutputsGoAndThoseThatShallRunInParallel() throws RunProblem {
    submission.submit(Orders.order());
    submission.submit(Orders.order("s3://results/shop2"));
    submission.submit(
        Orders.order("s3://results/shop", new JobChoices(null, "joe", null, null, null, true)));

    assertThat(jobs()).hasSize(3);
  }

  @Test
  void neverHasTwoRunsToOneOutputHoweverCloseTheyCome() throws Exception {
    int rounds = 8;
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < rounds; round++) {
        RunOrder order = Orders.order("s3://results/" + round);
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Boolean> submit =
            () -> {
              together.await();
              try {
                new RunSubmission(cluster.cluster()).submit(order);
                return true;
              } catch (RunProblem e) {
                assertThat(e).hasMessageContaining("already");
                return false;
              }
            };
        int accepted = 0;
        for (Future<Boolean> one : threads.invokeAll(List.of(submit, submit))) {
          accepted += one.get() ? 1 : 0;
        }

        assertThat(accepted).isLessThanOrEqualTo(1);
        assertThat(jobs())
            .filteredOn(
                job ->
                    order
                        .output()
                        .text()
                        .equals(job.getMetadata().getAnnotations().get(Labels.OUTPUT)))
            .hasSize(accepted);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesANameThatIsTaken() throws RunProblem {
    submission.submit(Orders.order("s3://results/a", Orders.named("nightly")));

    assertThatThrownBy(
            () -> submission.submit(Orders.order("s3://results/b", Orders.named("nightly"))))
        .isInstanceOf(RunProblem.class)
        .hasMessageContaining("a Job named nightly");
  }

  @Test
  void asksWhichTemplateIsMeantWhereThereAreSeveral() throws RunProblem {
    addTemplate("large-run");

    assertThatThrownBy(() -> submission.submit(Orders.order()))
        .isInstanceOf(RunProblem.class)
        .hasMessageContaining("large-run, telemetry-inject-run");
    JobChoices other = new JobChoices("n", "jane", "other-run", null, null, false);
    assertThatThrownBy(() -> submission.submit(Orders.order("s3://results/a", other)))
        .hasMessageContaining("no run template other-run");
    JobChoices large = new JobChoices("n", "jane", "large-run", null, null, false);
    assertThat(submission.submit(Orders.order("s3://results/a", large)).name()).isEqualTo("n");
  }

  @Test
  void saysToInstallTheChartWhereThereIsNoTemplate() {
    cluster.client().batch().v1().cronjobs().inNamespace(cluster.cluster().namespace()).delete();

    RunProblem problem =
        catchThrowableOfType(RunProblem.class, () -> submission.submit(Orders.order()));

    String namespace = cluster.cluster().namespace();
    assertThat(problem).hasMessage("namespace " + namespace + " has no run template");
    assertThat(problem.advice()).contains("helm install", "--namespace " + namespace);
  }

  @Test
  void tellsAMissingNamespaceFromAMissingTemplate() throws RunProblem {
    try (Cluster elsewhere = cluster.in("nowhere")) {
      assertThatThrownBy(() -> new RunSubmission(elsewhere).submit(Orders.order()))
          .isInstanceOf(RunProblem.class)
          .hasMessage("there is no namespace nowhere in this cluster");
    }
  }

  @Test
  void takesNoOtherJobForARun() {
    Job stranger =
        new JobBuilder()
            .withNewMetadata()
            .withName("backup")
            .addToLabels("app", "backup")
            .endMetadata()
            .build();
    cluster.client().resource(stranger).inNamespace(cluster.cluster().namespace()).create();

    assertThatThrownBy(() -> new RunCancellation(cluster.cluster()).cancel("backup"))
        .isInstanceOf(RunProblem.class)
        .hasMessageContaining("no run of ours");
    assertThat(jobs()).hasSize(1);
  }
}

package io.telemetryinject.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.telemetryinject.model.ExceptionPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobDraftTest {
  private final CronJob template = Orders.template();

  private Job draft(RunOrder order) throws RunProblem {
    return new JobDraft(template, order, "shop-main-x7k2q").job();
  }

  private static List<String> args(Job job) {
    return job.getSpec().getTemplate().getSpec().getContainers().get(0).getArgs();
  }

  private static RunOrder choosing(RunChoices choices) throws RunProblem {
    RunOrder order = Orders.order();
    return new RunOrder(order.repository(), order.ref(), order.output(), choices, order.job());
  }

  @Test
  void keepsAllThatTheTemplateSays() throws RunProblem {
    Job job = draft(Orders.order());

    JobSpec spec = job.getSpec();
    assertThat(job.getMetadata().getAnnotations())
        .contains(entry("example.com/cost-centre", "4711"));
    assertThat(job.getMetadata().getLabels())
        .contains(entry("app.kubernetes.io/instance", "telemetry-inject"));
    assertThat(spec.getTtlSecondsAfterFinished()).isEqualTo(604800);
    assertThat(spec.getActiveDeadlineSeconds()).isEqualTo(28800);
    assertThat(spec.getBackoffLimit()).isEqualTo(3);
    PodSpec pod = spec.getTemplate().getSpec();
    PodSpec before = Orders.template().getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
    assertThat(pod.getSecurityContext()).isEqualTo(before.getSecurityContext());
    assertThat(pod.getVolumes()).isEqualTo(before.getVolumes());
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getContainers().get(0).getEnv())
        .isEqualTo(before.getContainers().get(0).getEnv());
  }

  @Test
  void leavesTheTemplateAsItWas() throws RunProblem {
    draft(Orders.order());

    assertThat(template).isEqualTo(Orders.template());
  }

  @Test
  void labelsTheJobAndItsPodsAndNotesExactValues() throws RunProblem {
    Job job = draft(Orders.order());

    assertThat(job.getMetadata().getLabels())
        .contains(
            entry("app.kubernetes.io/name", "telemetry-inject"),
            entry("app.kubernetes.io/component", "run"),
            entry("telemetry-inject.io/run", "shop-main-x7k2q"),
            entry("telemetry-inject.io/owner", "jane-example.com"));
    assertThat(job.getMetadata().getAnnotations())
        .contains(
            entry("telemetry-inject.io/owner", "jane@example.com"),
            entry("telemetry-inject.io/repo", Orders.REPO),
            entry("telemetry-inject.io/ref", "main"),
            entry("telemetry-inject.io/output", "s3://results/shop"));
    // The pod's component stays: the chart's network policies may choose by it.
    assertThat(job.getSpec().getTemplate().getMetadata().getLabels())
        .contains(
            entry("app.kubernetes.io/component", "coordinator"),
            entry("telemetry-inject.io/run", "shop-main-x7k2q"),
            entry("telemetry-inject.io/owner", "jane-example.com"));
  }

  @Test
  void doesNotBelongToTheTemplateSoThatItOutlivesIt() throws RunProblem {
    assertThat(draft(Orders.order()).getMetadata().getOwnerReferences()).isEmpty();
  }

  @Test
  void addsTheRunsArgumentsInPlaceOfTheTemplatesForTheSame() throws RunProblem {
    RunChoices choices =
        new RunChoices(
            true,
            List.of("src/**", "{a,b}/*.py"),
            List.of("**/migrations/**"),
            ExceptionPolicy.IGNORE,
            new BigDecimal("2.50"));

    assertThat(args(draft(choosing(choices))))
        .containsExactly(
            "--telemetry-inject.assemblers=2",
            "--telemetry-inject.run-name=shop-main-x7k2q",
            "--telemetry-inject.input=" + Orders.REPO,
            "--telemetry-inject.ref=main",
            "--telemetry-inject.output=s3://results/shop",
            "--telemetry-inject.incremental=true",
            "--telemetry-inject.includes[0]=src/**",
            "--telemetry-inject.includes[1]={a,b}/*.py",
            "--telemetry-inject.excludes[0]=**/migrations/**",
            "--telemetry-inject.exceptions=ignore",
            "--telemetry-inject.max-cost=2.50");
  }

  @Test
  void leavesToTheTemplateWhatIsNotChosen() throws RunProblem {
    assertThat(args(draft(Orders.order())))
        .contains(
            "--telemetry-inject.incremental=false", "--telemetry-inject.excludes=**/generated/**")
        .noneMatch(argument -> argument.contains("max-cost"));
  }

  @Test
  void keepsKubernetesFromReplacingWhatLooksLikeAVariable() throws RunProblem {
    RunChoices choices =
        new RunChoices(false, List.of("$(AWS_SECRET_ACCESS_KEY)/**"), List.of(), null, null);

    assertThat(args(draft(choosing(choices))))
        .contains("--telemetry-inject.includes[0]=$$(AWS_SECRET_ACCESS_KEY)/**");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${spring.kafka.password}", " ", "a\nb", "x${"})
  void refusesValuesThatTheCoordinatorWouldReadOtherwise(String glob) throws RunProblem {
    RunOrder order = choosing(new RunChoices(false, List.of(), List.of(glob), null, null));

    assertThatThrownBy(() -> draft(order))
        .isInstanceOf(RunProblem.class)
        .hasMessageContaining("excludes");
  }

  @Test
  void takesDeadlineAndBackOffLimitFromTheOrder() throws RunProblem {
    JobChoices job = new JobChoices(null, "jane", null, Duration.ofHours(2), 0, false);

    JobSpec spec = draft(Orders.order("s3://results/shop", job)).getSpec();

    assertThat(spec.getActiveDeadlineSeconds()).isEqualTo(7200);
    assertThat(spec.getBackoffLimit()).isZero();
  }

  @Test
  void endsForGoodWhatIsFinalAndForgivesDisruptions() throws RunProblem {
    JobSpec spec = draft(Orders.order()).getSpec();

    assertThat(spec.getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(Serialization.asYaml(spec.getPodFailurePolicy()))
        .isEqualTo(
            """
            ---
            rules:
            - action: "FailJob"
              onExitCodes:
                containerName: "coordinator"
                operator: "In"
                values:
                - 1
                - 2
            - action: "Ignore"
              onPodConditions:
              - status: "True"
                type: "DisruptionTarget"
            """);
  }

  @Test
  void keepsAFailurePolicyThatTheTemplateHas() throws RunProblem {
    PodFailurePolicy own = draft(Orders.order()).getSpec().getPodFailurePolicy();
    own.getRules().remove(1);
    template.getSpec().getJobTemplate().getSpec().setPodFailurePolicy(own);

    assertThat(draft(Orders.order()).getSpec().getPodFailurePolicy().getRules()).hasSize(1);
  }

  @Test
  void refusesATemplateWithoutTheCoordinator() {
    template
        .getSpec()
        .getJobTemplate()
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0)
        .setName("main");

    assertThatThrownBy(() -> draft(Orders.order()))
        .isInstanceOf(RunProblem.class)
        .hasMessageContaining("telemetry-inject-run")
        .hasMessageContaining("coordinator");
  }
}

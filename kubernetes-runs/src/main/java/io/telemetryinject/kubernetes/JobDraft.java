package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes a run's Job from a run template, as {@code kubectl create job --from} does. */
final class JobDraft {
  private final CronJob template;
  private final RunOrder order;
  private final String name;

  JobDraft(CronJob template, RunOrder order, String name) {
    this.template = template;
    this.order = order;
    this.name = name;
  }

  /**
   * Makes the Job.
   *
   * <p>It does not belong to the template's CronJob, so that a chart that is upgraded or removed
   * does not take runs with it.
   *
   * @throws RunProblem when the template has no place for a run, or the run no form for it
   */
  Job job() throws RunProblem {
    RunArguments arguments = RunArguments.of(order, name);
    JobTemplateSpec source = template.getSpec().getJobTemplate();
    Job job =
        new JobBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(template.getMetadata().getNamespace())
            .withLabels(source.getMetadata() == null ? null : source.getMetadata().getLabels())
            .addToLabels(Labels.OF_RUNS)
            .addToLabels(labels())
            .withAnnotations(
                source.getMetadata() == null ? null : source.getMetadata().getAnnotations())
            .addToAnnotations(annotations())
            .endMetadata()
            // A copy, so that the template stays as it was read.
            .withSpec(source.getSpec().edit().build())
            .build();
    JobSpec spec = job.getSpec();
    if (order.job().deadline() != null) {
      spec.setActiveDeadlineSeconds(order.job().deadline().toSeconds());
    }
    if (order.job().backoffLimit() != null) {
      spec.setBackoffLimit(order.job().backoffLimit());
    }
    spec.setSuspend(null);
    if (spec.getPodFailurePolicy() == null) {
      spec.setPodFailurePolicy(failurePolicy());
    }
    PodTemplateSpec pods = spec.getTemplate();
    pods.setMetadata(
        (pods.getMetadata() == null ? new ObjectMetaBuilder() : pods.getMetadata().edit())
            .addToLabels(labels())
            .build());
    // A pod failure policy allows no other.
    pods.getSpec().setRestartPolicy("Never");
    Container container = coordinator(pods.getSpec());
    container.setArgs(arguments.addedTo(container.getArgs()));
    return job;
  }

  private Container coordinator(PodSpec pod) throws RunProblem {
    Optional<Container> container =
        pod.getContainers().stream().filter(c -> Labels.CONTAINER.equals(c.getName())).findFirst();
    if (container.isEmpty()) {
      throw new RunProblem(
          "the run template "
              + template.getMetadata().getName()
              + " has no container named "
              + Labels.CONTAINER,
          "Install the chart's current version, or name another template with --run-template.");
    }
    return container.get();
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    labels.put(Labels.RUN, name);
    String owner = RunNames.labelValue(order.job().owner());
    if (!owner.isEmpty()) {
      labels.put(Labels.OWNER, owner);
    }
    return labels;
  }

  private Map<String, String> annotations() {
    Map<String, String> annotations = new TreeMap<>();
    annotations.put(Labels.INSTANTIATE, "manual");
    annotations.put(Labels.OWNER, order.job().owner());
    annotations.put(Labels.REPO, order.repository().text());
    if (order.ref() != null) {
      annotations.put(Labels.REF, order.ref());
    }
    annotations.put(Labels.OUTPUT, order.output().text());
    return annotations;
  }

  /**
   * What is final ends the Job at once: done with problems (1) comes before a disruption that met
   * its last moment. A disruption costs no attempt; anything else does, as without any rule.
   */
  private static PodFailurePolicy failurePolicy() {
    return new PodFailurePolicyBuilder()
        .addNewRule()
        .withAction("FailJob")
        .withNewOnExitCodes()
        .withContainerName(Labels.CONTAINER)
        .withOperator("In")
        .withValues(List.of(RunExit.PROBLEMS, RunExit.USAGE))
        .endOnExitCodes()
        .endRule()
        .addNewRule()
        .withAction("Ignore")
        .addNewOnPodCondition("True", "DisruptionTarget")
        .endRule()
        .build();
  }
}

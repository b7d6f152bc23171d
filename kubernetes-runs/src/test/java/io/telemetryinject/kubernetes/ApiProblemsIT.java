package io.telemetryinject.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobListBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobListBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people read when a cluster refuses; its answers are those of a real API server. */
class ApiProblemsIT {
  private static final String CRONJOBS =
      "/apis/batch/v1/namespaces/prod/cronjobs?labelSelector="
          + "telemetry-inject.io%2Frun-template%3Dtrue";
  private static final String JOBS =
      "/apis/batch/v1/namespaces/prod/jobs?labelSelector="
          + "app.kubernetes.io%2Fcomponent%3Drun%2Capp.kubernetes.io%2Fname%3Dtelemetry-inject";

  @TempDir private Path directory;
  private final KubernetesMockServer server = new KubernetesMockServer(false);

  @BeforeEach
  void start() {
    server.init();
  }

  @AfterEach
  void stop() {
    server.destroy();
  }

  private Cluster cluster(String url) throws IOException, RunProblem {
    Path kubeconfig = directory.resolve("kubeconfig");
    Files.writeString(kubeconfig, FakeCluster.kubeconfig(url, "prod"));
    return Cluster.open(new ClusterAddress(kubeconfig, null, null), Map.of());
  }

  private RunProblem problemOfList() throws Exception {
    try (Cluster cluster = cluster(server.url("/"))) {
      return catchThrowableOfType(RunProblem.class, () -> new RunList(cluster).all());
    }
  }

  private void listAnswers(int code, String message) {
    server
        .expect()
        .get()
        .withPath(JOBS)
        .andReturn(code, new StatusBuilder().withCode(code).withMessage(message).build())
        .always();
  }

  @Test
  void comesAsTheContextsUser() throws Exception {
    listAnswers(401, "Unauthorized");

    problemOfList();

    assertThat(server.getLastRequest().getHeader("Authorization")).isEqualTo("Bearer test-token");
  }

  @Test
  void namesThePermissionThatIsMissing() throws Exception {
    listAnswers(
        403,
        "jobs.batch is forbidden: User \"jane\" cannot list resource \"jobs\" in API group"
            + " \"batch\" in the namespace \"prod\"");

    RunProblem problem = problemOfList();

    assertThat(problem)
        .hasMessage("cannot list runs in namespace prod: you may not list jobs.batch");
    assertThat(problem.advice())
        .contains("Role with the verb list on jobs.batch in namespace prod");
  }

  @Test
  void namesThePermissionToSubmitToo() throws Exception {
    server.expect().get().withPath(CRONJOBS).andReturn(200, templates()).always();
    server.expect().get().withPath(JOBS).andReturn(200, new JobListBuilder().build()).always();
    server
        .expect()
        .post()
        .withPath("/apis/batch/v1/namespaces/prod/jobs")
        .andReturn(
            403,
            new StatusBuilder()
                .withCode(403)
                .withMessage(
                    "jobs.batch is forbidden: User \"jane\" cannot create resource \"jobs\" in API"
                        + " group \"batch\" in the namespace \"prod\"")
                .build())
        .always();

    try (Cluster cluster = cluster(server.url("/"))) {
      RunProblem problem =
          catchThrowableOfType(
              RunProblem.class, () -> new RunSubmission(cluster).submit(Orders.order()));

      assertThat(problem).hasMessageEndingWith("you may not create jobs.batch");
    }
  }

  private static Object templates() {
    return new CronJobListBuilder().addToItems(Orders.template()).build();
  }

  @ParameterizedTest
  @CsvSource({
    "401, Unauthorized, does not know you, Log in",
    "403, 'exceeded quota: runs, used: count/jobs.batch=10', exceeded quota, rule",
    "404, 'namespaces \"prod\" not found', namespaces \"prod\" not found, --namespace",
    "409, 'object was modified', object was modified, try again",
    "422, 'Job.batch \"x\" is invalid: spec.template', refuses it: Job.batch, run template",
    "500, 'etcdserver: request timed out', answers 500, Try again",
    "503, 'the server is currently unable', answers 503, Try again"
  })
  void saysWhatIsWrongAndWhatToDo(int code, String said, String what, String advice)
      throws Exception {
    listAnswers(code, said);

    RunProblem problem = problemOfList();

    assertThat(problem).hasMessageContaining(what);
    assertThat(problem.advice()).contains(advice);
  }

  @Test
  void saysWhichServerDoesNotAnswer() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    try (Cluster cluster = cluster("http://localhost:" + closed)) {
      RunProblem problem = catchThrowableOfType(RunProblem.class, () -> new RunList(cluster).all());

      assertThat(problem)
          .hasMessageContaining("http://localhost:" + closed)
          .hasMessageContaining("does not answer");
      assertThat(problem.advice()).contains("--context");
      assertThat(ApiProblems.passing(problem)).isTrue();
    }
  }

  @Test
  void saysThatAServerWasTooSlow() throws Exception {
    try (ServerSocket silent = new ServerSocket(0);
        Cluster cluster = cluster("http://localhost:" + silent.getLocalPort())) {
      cluster.client().getConfiguration().setRequestTimeout(100);

      RunProblem problem = catchThrowableOfType(RunProblem.class, () -> new RunList(cluster).all());

      assertThat(problem).hasMessageContaining("does not answer").hasMessageContaining("imeout");
    }
  }
}

package io.telemetryinject.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSettingsIT {
  @TempDir private Path home;
  private Path file;

  @BeforeEach
  void writeKubeconfig() throws IOException {
    file = Files.createDirectories(home.resolve(".kube")).resolve("config");
    Files.writeString(file, FakeCluster.kubeconfig("https://one.example.com", "prod"));
  }

  private Config read(String context, String namespace) throws RunProblem {
    return new ClusterSettings(Map.of("HOME", home.toString()))
        .read(new ClusterAddress(null, context, namespace));
  }

  private static RunProblem problem(Map<String, String> environment, ClusterAddress address) {
    return catchThrowableOfType(
        RunProblem.class, () -> new ClusterSettings(environment).read(address));
  }

  @Test
  void takesServerNamespaceAndUserFromTheCurrentContext() throws RunProblem {
    assertThat(read(null, null).getMasterUrl()).isEqualTo("https://one.example.com/");
    assertThat(read(null, null).getNamespace()).isEqualTo("prod");
    assertThat(read(null, null).getAutoOAuthToken()).isEqualTo("test-token");
  }

  @Test
  void takesAnotherContextAndNamespaceWhereTheyAreNamed() throws RunProblem {
    assertThat(read("other", null).getAutoOAuthToken()).isEqualTo("other-token");
    assertThat(read("other", null).getNamespace()).isEqualTo("default");
    assertThat(read("other", "team").getNamespace()).isEqualTo("team");
  }

  @Test
  void readsTheFileThatTheEnvironmentNames() throws Exception {
    Path other = home.resolve("other");
    Files.writeString(other, FakeCluster.kubeconfig("https://two.example.com", "prod"));

    Config config =
        new ClusterSettings(Map.of("HOME", home.toString(), "KUBECONFIG", other.toString()))
            .read(new ClusterAddress(null, null, null));

    assertThat(config.getMasterUrl()).isEqualTo("https://two.example.com/");
  }

  @Test
  void saysWhichContextsThereAre() {
    RunProblem problem =
        problem(Map.of("HOME", home.toString()), new ClusterAddress(null, "nope", null));

    assertThat(problem).hasMessageContaining(file.toString()).hasMessageContaining("nope");
    assertThat(problem.advice()).contains("other, test");
  }

  @Test
  void saysThatNoClusterIsKnown() throws IOException {
    Files.delete(file);

    RunProblem problem =
        problem(Map.of("HOME", home.toString()), new ClusterAddress(null, null, null));

    assertThat(problem).hasMessageContaining("no kubeconfig");
    assertThat(problem.advice()).contains("--kubeconfig", "KUBECONFIG");
  }

  @Test
  void saysThatAFileIsMissingOrNoKubeconfig() throws IOException {
    Path missing = home.resolve("missing");
    assertThat(problem(Map.of(), new ClusterAddress(missing, null, null)))
        .hasMessageContaining(missing.toString());
    Files.writeString(file, "contexts: [unclosed");
    assertThat(problem(Map.of(), new ClusterAddress(file, null, null)))
        .hasMessageContaining("cannot be read");
    Files.writeString(file, "{}");
    assertThat(problem(Map.of(), new ClusterAddress(file, null, null)))
        .hasMessageContaining("does not say which cluster is meant");
  }
}

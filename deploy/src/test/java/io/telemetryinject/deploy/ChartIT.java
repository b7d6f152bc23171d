package io.telemetryinject.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every values file of the matrix, and what it renders, held against everything that is known. */
class ChartIT {
  private static final Path MATRIX = Path.of("src/test/resources/io/telemetryinject/deploy/matrix");

  @TempDir private Path directory;
  private Chart chart;

  @BeforeEach
  void copy() throws IOException {
    chart = Chart.copyTo(directory.resolve("telemetry-inject"));
  }

  /** A file on top of the values that its name begins with. */
  static Stream<List<Path>> matrix() throws IOException {
    List<List<Path>> matrix = new ArrayList<>();
    for (String base : List.of("kind", "production")) {
      Path below = Chart.SOURCE.resolve("values-" + base + ".yaml");
      matrix.add(List.of(below));
      try (Stream<Path> files = Files.list(MATRIX)) {
        files
            .filter(file -> file.getFileName().toString().startsWith(base + "-"))
            .sorted()
            .forEach(file -> matrix.add(List.of(below, file)));
      }
    }
    return matrix.stream();
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void rendersWhatKubernetesAndTheApplicationsKnow(List<Path> values) throws IOException {
    List<Manifest> manifests = chart.render(values, Chart.OLDEST);

    assertThat(manifests).hasSizeGreaterThan(10);
    assertThat(manifests).allSatisfy(manifest -> assertThat(problems(manifest)).isEmpty());
    assertThat(References.problems(manifests, chart.values(values))).isEmpty();
    assertThat(Applications.problems(manifests)).isEmpty();
    assertThat(chart.render(values, Chart.NEWEST)).isEqualTo(manifests);
  }

  private static List<String> problems(Manifest manifest) {
    List<String> problems =
        new ArrayList<>(
            CustomResources.know(manifest)
                ? CustomResources.problems(manifest)
                : ApiModels.problems(manifest));
    problems.addAll(PodRules.problems(manifest));
    return problems;
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void passesHelmsOwnStrictLint(List<Path> values) throws IOException {
    LintResult result = chart.lint(values);

    assertThat(result.isFailed()).as(() -> result.getMessages().toString()).isFalse();
    assertThat(result.getMessages()).noneMatch(m -> m.contains("WARNING") || m.contains("ERROR"));
  }

  @Test
  void saysForWhichKubernetesItIs() {
    List<Path> values = List.of(Chart.SOURCE.resolve("values-kind.yaml"));

    assertThatThrownBy(() -> chart.render(values, "1.28.0"))
        .hasMessageContaining("requires kubeVersion");
  }
}

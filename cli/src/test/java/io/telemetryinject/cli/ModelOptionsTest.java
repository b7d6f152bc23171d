package io.telemetryinject.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.generator.LadderSettings.Rung;
import io.telemetryinject.llm.ModelSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ModelOptionsTest {
  @Command
  private static final class Options {
    @CommandLine.Mixin private final ModelOptions models = new ModelOptions();
  }

  private static ModelOptions parse(String... arguments) {
    Options options = new Options();
    new CommandLine(options).parseArgs(arguments);
    return options.models;
  }

  private static List<String> ladder(String... arguments) throws Complaint {
    return parse(arguments).ladder(Path.of("cache")).rungs().stream()
        .map(ModelOptionsTest::word)
        .toList();
  }

  private static String word(Rung rung) {
    return rung.model()
        .map(settings -> settings.name().word() + " " + settings.baseUrl())
        .orElse("template");
  }

  @Test
  void givesNamesToTheProvidersThatAreNotTheTemplate() throws Exception {
    assertThat(
            ladder(
                "--provider",
                "template,ollama,openai",
                "--model",
                "a,b",
                "--base-url",
                "http://h:1,http://h:2"))
        .containsExactly("template", "ollama:a http://h:1", "openai:b http://h:2");
  }

  @Test
  void asksTheTemplateLastWhereItIsNotNamed() throws Exception {
    ModelSettings own = ModelSettings.of(io.telemetryinject.llm.Provider.OPENAI);

    assertThat(ladder("--provider", "ollama,openai", "--model", "a", "--base-url", "http://h:1"))
        .containsExactly(
            "ollama:a http://h:1", own.name().word() + " " + own.baseUrl(), "template");
    assertThat(ladder()).containsExactly("template");
  }

  @ParameterizedTest
  @CsvSource({
    "0.000001, 1",
    "0.0000019, 1",
    "5, 5000000",
    "1e30, 9223372036854775806",
  })
  void takesDollarsForMillionthsAndNeverForMore(String dollars, long micros) {
    assertThat(parse("--max-cost", dollars).maxMicroDollars()).isEqualTo(micros);
  }

  @Test
  void hasNoLimitUnlessOneIsNamed() {
    assertThat(parse().maxMicroDollars()).isEqualTo(Long.MAX_VALUE);
    assertThat(parse().namesModel()).isFalse();
    assertThat(parse("--provider", "template,template").namesModel()).isFalse();
  }

  @Test
  void saysWhichProvidersThereAre() {
    assertThatThrownBy(() -> ladder("--provider", "oracle"))
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("oracle");
  }
}

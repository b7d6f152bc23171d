package io.telemetryinject.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  private static Endpoint at(Provider provider, String url, Map<String, String> environment) {
    return Endpoint.of(ModelSettings.of(provider).withBaseUrl(url), environment);
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI,http://localhost:8000,http://localhost:8000/v1",
    "OPENAI,http://localhost:8000/v1/,http://localhost:8000/v1",
    "OPENAI,https://host/openai/deployments/x,https://host/openai/deployments/x",
    "ANTHROPIC,http://localhost:8000/,http://localhost:8000/v1",
    "OLLAMA,http://localhost:11434/,http://localhost:11434"
  })
  void completesAnAddressThatHasNoPath(Provider provider, String given, String used) {
    assertThat(at(provider, given, Map.of()).baseUrl()).isEqualTo(used);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost:8000", "ftp://host/v1", "http://a b", "http:///v1"})
  void saysWhichAddressIsNone(String url) {
    assertThatThrownBy(() -> at(Provider.OPENAI, url, Map.of()))
        .isInstanceOf(ModelSettingsException.class)
        .hasMessageContaining("base URL for openai:gpt-4.1-mini")
        .hasMessageContaining("https://api.openai.com/v1");
  }

  @Test
  void refusesAKeyInAnAddressWithoutRepeatingIt() {
    assertThatThrownBy(
            () -> at(Provider.OPENAI, "https://user:" + Fixture.SECRET + "@host/v1", Map.of()))
        .isInstanceOf(ModelSettingsException.class)
        .hasMessageNotContaining(Fixture.SECRET);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void needsAKeyForTheProvidersOwnServer(Provider provider) {
    ModelSettings settings = ModelSettings.of(provider);
    String variable = provider.name() + "_API_KEY";

    assertThatThrownBy(() -> Endpoint.of(settings, Map.of()))
        .isInstanceOf(ModelSettingsException.class)
        .hasMessageContaining("set " + variable + ", or " + variable + "_FILE");
    assertThat(Endpoint.of(settings, Map.of(variable, Fixture.SECRET)).key()).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void needsNoKeyForAServerOfOnesOwn(Provider provider) {
    assertThat(at(provider, "http://localhost:1", Map.of()).key()).isEmpty();
  }

  @Test
  void hidesTheKeyInEveryPicture() {
    Endpoint endpoint =
        Endpoint.of(
            ModelSettings.of(Provider.OPENAI), Map.of("OPENAI_API_KEY", " " + Fixture.SECRET));
    ModelSettings settings = ModelSettings.of(Provider.OPENAI);

    assertThat(endpoint.key().orElseThrow().value()).isEqualTo(Fixture.SECRET);
    assertThat(endpoint.toString()).doesNotContain(Fixture.SECRET).contains("***");
    assertThat(new OpenAiChats(endpoint, settings).toString()).doesNotContain(Fixture.SECRET);
    assertThat(new Troubles(endpoint, settings, Fixture.COSTS).toString())
        .doesNotContain(Fixture.SECRET);
    assertThat(endpoint.withoutKey("said " + Fixture.SECRET)).isEqualTo("said ***");
  }

  @Test
  void refusesAKeyThatNoHeaderTakesWithoutRepeatingIt() {
    assertThatThrownBy(
            () ->
                at(
                    Provider.OPENAI,
                    "http://localhost:1",
                    Map.of("OPENAI_API_KEY", Fixture.SECRET + "\nsecond line")))
        .isInstanceOf(ModelSettingsException.class)
        .hasMessageContaining("OPENAI_API_KEY")
        .hasMessageNotContaining(Fixture.SECRET);
  }
}

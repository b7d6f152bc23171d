package io.telemetryinject.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PricesTest {
  private static ModelName openAi(String model) {
    return new ModelName(Provider.OPENAI, model);
  }

  @Test
  void knowsTheDefaultModels() {
    for (Provider provider : Provider.values()) {
      assertThat(Prices.known().of(ModelSettings.of(provider).name())).isPresent();
    }
  }

  @Test
  void givesADatedNameThePriceOfTheNameWithoutTheDate() {
    Prices prices = Prices.known();

    assertThat(prices.of(openAi("gpt-4.1-2025-04-14"))).isEqualTo(prices.of(openAi("gpt-4.1")));
    assertThat(prices.of(new ModelName(Provider.ANTHROPIC, "claude-sonnet-4-5-20250929")))
        .isEqualTo(prices.of(new ModelName(Provider.ANTHROPIC, "claude-sonnet-4-5")));
  }

  @Test
  void doesNotGuess() {
    assertThat(Prices.known().of(openAi("gpt-4.1-huge"))).isEmpty();
    assertThat(Prices.known().of(openAi("codellama"))).isEmpty();
  }

  @Test
  void takesLocalModelsForFree() {
    assertThat(Prices.known().of(new ModelName(Provider.OLLAMA, "codellama:13b")))
        .contains(Price.FREE);
  }

  @Test
  void chargesCachedInputLessAndWrittenInputMore() {
    Price price = Price.parse("3.00 15.00 0.30 3.75");

    assertThat(price.of(new Tokens(1000, 0, 0, 100))).isEqualTo(3000 + 1500);
    assertThat(price.of(new Tokens(1000, 900, 0, 0))).isEqualTo(300 + 270);
    assertThat(price.of(new Tokens(1000, 0, 900, 0))).isEqualTo(300 + 3375);
    assertThat(price.worst(1000, 100)).isEqualTo(3750 + 1500);
  }

  @Test
  void roundsUpToAWholeMillionth() {
    assertThat(Price.parse("0.05, 0.40").of(new Tokens(1, 0, 0, 0))).isEqualTo(1);
  }

  @Test
  void neverTakesAPromptForFewerTokensThanItCanHave() {
    Prompt prompt = new Prompt(Purpose.TESTS, "ü", "日本", 5);

    assertThat(Tokens.worstInput(prompt)).isGreaterThanOrEqualTo(2 + 6);
    assertThat(Tokens.expectedInput(prompt)).isLessThan(Tokens.worstInput(prompt));
  }

  @Test
  void estimatesWithoutACall() {
    Estimate estimate = Fixture.COSTS.estimate(Fixture.prompt());

    assertThat(estimate.worstMicroDollars())
        .isEqualTo(estimate.worstInputTokens() + estimate.worstOutputTokens());
    assertThat(estimate.microDollars()).isEqualTo(estimate.inputTokens() + 50);
    assertThat(estimate.priceKnown()).isTrue();
    assertThat(new Costs(Optional.empty()).estimate(Fixture.prompt()).priceKnown()).isFalse();
  }
}

package io.telemetryinject.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceFileIT {
  private static final ModelName MODEL = new ModelName(Provider.OPENAI, "my/coder:7b");
  @TempDir Path directory;

  @Test
  void addsToAndOverridesWhatIsKnown() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("prices"), "openai.my/coder.7b = 0.1 0.2\nopenai.gpt-4.1 = 9 9\n");

    Prices prices = Prices.with(file);

    assertThat(prices.of(MODEL)).contains(Price.parse("0.1 0.2"));
    assertThat(prices.of(new ModelName(Provider.OPENAI, "gpt-4.1"))).contains(Price.parse("9 9"));
    assertThat(prices.of(new ModelName(Provider.OPENAI, "gpt-4.1-mini"))).isPresent();
    assertThat(Prices.howTo(MODEL)).contains("openai.my/coder.7b = INPUT OUTPUT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cheap", "1", "-1 2", "1 2 3 4 5", ""})
  void saysWhichLineIsNoPrice(String price) throws Exception {
    Path file = Files.writeString(directory.resolve("prices"), "openai.x = " + price);

    assertThatThrownBy(() -> Prices.with(file))
        .isInstanceOf(ModelSettingsException.class)
        .hasMessageContaining("openai.x")
        .hasMessageContaining(file.toString())
        .hasMessageContaining("write INPUT OUTPUT");
  }

  @Test
  void saysWhichFileCannotBeRead() {
    assertThatThrownBy(() -> Prices.with(directory.resolve("none")))
        .isInstanceOf(ModelSettingsException.class)
        .hasMessageContaining(directory.resolve("none").toString());
  }
}

package io.telemetryinject.llm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/** The table of known prices, and what a user's file adds to it. */
final class Prices {
  private static final Pattern DATED = Pattern.compile("-(\\d{8}|\\d{4}-\\d{2}-\\d{2}|latest)$");

  private final Map<String, Price> byModel = new HashMap<>();

  private Prices() {}

  static Prices known() {
    Prices prices = new Prices();
    try (InputStream in = Prices.class.getResourceAsStream("prices.properties")) {
      prices.add(new InputStreamReader(requireNonNull(in), UTF_8), "prices.properties");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return prices;
  }

  /**
   * The known prices with those of a file before them.
   *
   * @throws ModelSettingsException when the file cannot be read or has a line that is no price
   */
  static Prices with(Path file) {
    Prices prices = known();
    try (Reader in = Files.newBufferedReader(file)) {
      prices.add(in, file.toString());
    } catch (IOException e) {
      throw new ModelSettingsException(
          "The price file "
              + file
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + ")"
              + "; name one that can, or none");
    }
    return prices;
  }

  /** Local models are free; a dated name has the price of the name without the date. */
  Optional<Price> of(ModelName name) {
    String key = key(name.provider(), name.model());
    Price exact = byModel.get(key);
    if (exact == null) {
      exact = byModel.get(DATED.matcher(key).replaceFirst(""));
    }
    if (exact == null && name.provider() == Provider.OLLAMA) {
      return Optional.of(Price.FREE);
    }
    return Optional.ofNullable(exact);
  }

  /** What a person writes into a price file for a model without a price. */
  static String howTo(ModelName name) {
    return "add a line \""
        + key(name.provider(), name.model())
        + " = INPUT OUTPUT\", in US dollars for a million tokens, to a price file and name that"
        + " file in the settings";
  }

  private void add(Reader in, String source) throws IOException {
    Properties lines = new Properties();
    lines.load(in);
    for (String key : lines.stringPropertyNames()) {
      try {
        byModel.put(key, Price.parse(lines.getProperty(key)));
      } catch (RuntimeException e) {
        throw new ModelSettingsException(
            "The price of "
                + key
                + " in "
                + source
                + " is not a price: "
                + e.getMessage()
                + "; write INPUT OUTPUT [CACHED [CACHE-WRITTEN]] in US dollars for a million tokens");
      }
    }
  }

  private static String key(Provider provider, String model) {
    return provider.word() + "." + model.replace(':', '.');
  }
}

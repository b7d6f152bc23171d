package io.telemetryinject.llm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A key that shows itself only to the provider. */
final class ApiKey {
  private final String value;

  private ApiKey(String value) {
    this.value = value;
  }

  /**
   * From the variable, or the file that the variable with _FILE behind its name names.
   *
   * @throws ModelSettingsException when there is a file that holds no key, or a key that is none
   */
  static Optional<ApiKey> find(String variable, Map<String, String> environment) {
    String value = environment.getOrDefault(variable, "").strip();
    String source = variable;
    String file = environment.getOrDefault(variable + "_FILE", "").strip();
    if (value.isEmpty() && !file.isEmpty()) {
      source = file + ", which " + variable + "_FILE names,";
      value = read(Path.of(file), source);
    }
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!value.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new ModelSettingsException(
          "The key in "
              + source
              + " has characters that no key has; set it to the key and nothing"
              + " else");
    }
    return Optional.of(new ApiKey(value));
  }

  String value() {
    return value;
  }

  /** A provider's words without the key, should it have said it. */
  String struckFrom(String text) {
    return text.replace(value, "***");
  }

  @Override
  public String toString() {
    return "***";
  }

  private static String read(Path file, String source) {
    String content;
    try {
      content = Files.readString(file).strip();
    } catch (IOException e) {
      throw new ModelSettingsException(
          "The key in "
              + source
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "); name a file that can be");
    }
    if (content.isEmpty()) {
      throw new ModelSettingsException("The file " + source + " is empty; write the key into it");
    }
    return content;
  }
}

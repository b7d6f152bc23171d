package io.telemetryinject.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeyIT {
  private static final String VARIABLE = "OPENAI_API_KEY";
  @TempDir Path directory;

  private Optional<ApiKey> find(Path file) {
    return ApiKey.find(VARIABLE, Map.of(VARIABLE + "_FILE", file.toString()));
  }

  @Test
  void readsAMountedFile() throws Exception {
    Path file = Files.writeString(directory.resolve("key"), Fixture.SECRET + "\n");

    assertThat(find(file).map(ApiKey::value)).contains(Fixture.SECRET);
  }

  @Test
  void saysWhichFileHoldsNoKey() throws Exception {
    Path empty = Files.writeString(directory.resolve("key"), "\n");

    assertThatThrownBy(() -> find(empty))
        .isInstanceOf(ModelSettingsException.class)
        .hasMessageContaining(empty.toString())
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> find(directory.resolve("none")))
        .isInstanceOf(ModelSettingsException.class)
        .hasMessageContaining(directory.resolve("none").toString())
        .hasMessageContaining("cannot be read");
  }
}

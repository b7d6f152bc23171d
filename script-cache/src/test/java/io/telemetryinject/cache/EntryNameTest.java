package io.telemetryinject.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.telemetryinject.model.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryNameTest {
  @ParameterizedTest
  @CsvSource({
    "shape_0123456789ab, shape_0123456789ab, 1",
    "shape_0123456789ab_v2, shape_0123456789ab, 2",
    "a_v2_0123456789ab_v13, a_v2_0123456789ab, 13",
    "a_0123456789ab_ba9876543210, a_0123456789ab_ba9876543210, 1",
  })
  void understandsItsOwnNames(String text, String base, int version) {
    EntryName name = new EntryName(base, version);
    assertThat(name.text()).isEqualTo(text);
    assertThat(EntryName.parse(text)).contains(name);
    assertThat(EntryName.ofMetadata(text + ".json")).contains(name);
    assertThat(EntryName.ofMarker(text + ".quarantined.json")).contains(name);
    assertThat(EntryName.ofContent(name.script(Language.PYTHON))).contains(name);
    assertThat(EntryName.ofContent(name.tests(Language.PYTHON))).contains(name);
    assertThat(EntryName.ofContent(name.receipt())).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shape",
        "shape_0123456789AB",
        "shape_0123456789ab_v1",
        "shape_0123456789ab_v02",
        "shape_0123456789ab_v10000",
        "../x_0123456789ab",
        "x/y_0123456789ab",
        "x_0123456789ab.json",
        "_0123456789ab",
        "x_0123456789ab\n",
      })
  void understandsNoOthers(String text) {
    assertThat(EntryName.parse(text)).isEmpty();
  }

  @Test
  void doesNotTakeAMarkerForAnEntry() {
    assertThat(EntryName.ofMetadata("x_0123456789ab.quarantined.json")).isEmpty();
  }

  @Test
  void refusesVersionsThatCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> new EntryName("x_0123456789ab", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new EntryName("x_0123456789ab", 10_000));
    assertThatIllegalArgumentException().isThrownBy(() -> new EntryName("../0123456789ab", 1));
  }
}

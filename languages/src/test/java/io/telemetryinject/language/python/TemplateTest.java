package io.telemetryinject.language.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private static final String CHOICE =
      """
      always
      #: if a and not b or c
      first
      #: elif b
      second
          #: if a
          both
          #: end
      #: else
      neither
      #: end
      """;

  @Test
  void takesTheFirstBranchWhoseFactsHold() {
    assertThat(render(CHOICE, "a")).isEqualTo("always\nfirst\n");
    assertThat(render(CHOICE, "b", "c")).isEqualTo("always\nfirst\n");
    assertThat(render(CHOICE, "b")).isEqualTo("always\nsecond\n");
    assertThat(render(CHOICE, "a", "b")).isEqualTo("always\nsecond\n    both\n");
    assertThat(render(CHOICE)).isEqualTo("always\nneither\n");
  }

  @Test
  void putsValuesInPlace() {
    assertThat(new Template("${x} and ${y}").render(Set.of(), Map.of("x", "1", "y", "2")))
        .isEqualTo("1 and 2");
  }

  @Test
  void refusesAChoiceThatIsNotClosed() {
    assertThatThrownBy(() -> render("#: if a\n")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> render("#: unless a\n")).isInstanceOf(IllegalStateException.class);
  }

  private static String render(String text, String... facts) {
    return new Template(text).render(Set.of(facts), Map.of());
  }
}

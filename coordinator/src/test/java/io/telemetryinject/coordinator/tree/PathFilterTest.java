package io.telemetryinject.coordinator.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathFilterTest {
  @Test
  void acceptsEverythingWhereNothingIsSaid() {
    assertThat(filter(List.of(), List.of()).accepts(Path.of("a/b.py"))).isTrue();
  }

  @Test
  void matchesNamesAnywhereUnlessTheGlobHoldsASlash() {
    PathFilter names = filter(List.of("test_*.py"), List.of());
    PathFilter paths = filter(List.of("shop/**"), List.of());

    assertThat(names.accepts(Path.of("deep/down/test_a.py"))).isTrue();
    assertThat(names.accepts(Path.of("test_dir/a.py"))).isFalse();
    assertThat(paths.accepts(Path.of("shop/deep/a.py"))).isTrue();
    assertThat(paths.accepts(Path.of("other/shop/a.py"))).isFalse();
  }

  @Test
  void excludesWhatIsIncluded() {
    PathFilter filter = filter(List.of("shop/**"), List.of("conftest.py"));

    assertThat(filter.accepts(Path.of("shop/a.py"))).isTrue();
    assertThat(filter.accepts(Path.of("shop/conftest.py"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\u0085", "\u2028"})
  void excludesNamesThatHoldLineBreaks(String lineBreak) {
    PathFilter filter = filter(List.of(), List.of("vendor/**"));

    assertThat(filter.accepts(Path.of("vendor/a" + lineBreak + "b.py"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a,b", "{a{b}}", "a\\"})
  void refusesMalformedGlobs(String glob) {
    assertThatThrownBy(() -> filter(List.of(), List.of(glob)))
        .isInstanceOf(PatternSyntaxException.class);
  }

  private static PathFilter filter(List<String> includes, List<String> excludes) {
    return new PathFilter(includes, excludes);
  }
}

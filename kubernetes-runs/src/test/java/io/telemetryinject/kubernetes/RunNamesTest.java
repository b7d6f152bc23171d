package io.telemetryinject.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunNamesTest {

  private static String generated(String url, String ref) throws RunProblem {
    return RunNames.generate(RepositoryAddress.of(url), ref);
  }

  @ParameterizedTest
  @CsvSource({
    "https://host/shop.git, main, shop-main-",
    "git@host:team/Shop_2.git, refs/heads/Feature/X, shop-2-refs-heads-feature-x-",
    "https://host/shop/, , shop-",
    "https://host/___, ___, run-",
    "https://host/Übermut, main, bermut-main-"
  })
  void generatesNamesThatTellWhatIsRun(String url, String ref, String stem) throws RunProblem {
    assertThat(generated(url, ref)).startsWith(stem).hasSize(stem.length() + 5);
  }

  @Test
  void generatesNamesThatAreNoLongerThanALabelAndDifferEachTime() throws RunProblem {
    String name = generated("https://host/" + "long-".repeat(30), "main");

    assertThat(name).hasSizeLessThanOrEqualTo(63).matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    assertThat(RunNames.checked(name)).isEqualTo(name);
    assertThat(generated("https://host/" + "long-".repeat(30), "main")).isNotEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Shop", "shop_1", "-shop", "shop-", "", "shop.main", "shöp"})
  void refusesWhatCannotBeAJobsName(String name) {
    assertThatThrownBy(() -> RunNames.checked(name)).isInstanceOf(RunProblem.class);
  }

  @Test
  void refusesANameThatIsLongerThanALabel() throws RunProblem {
    assertThat(RunNames.checked("a".repeat(63))).hasSize(63);
    assertThatThrownBy(() -> RunNames.checked("a".repeat(64))).isInstanceOf(RunProblem.class);
  }

  @ParameterizedTest
  @CsvSource({
    "jane@example.com, jane-example.com",
    "CORP\\jane, CORP-jane",
    "arn:aws:iam::1:user/jane, arn-aws-iam-1-user-jane",
    "_jane_, jane",
    "'Jane Doe <jane>', Jane-Doe-jane"
  })
  void makesLabelsOfUserNames(String user, String label) {
    assertThat(RunNames.labelValue(user)).isEqualTo(label);
  }

  @Test
  void makesNoLabelWhereNothingIsLeft() {
    assertThat(RunNames.labelValue("日本")).isEmpty();
    assertThat(RunNames.labelValue("a".repeat(62) + "-b")).isEqualTo("a".repeat(62));
  }
}

package io.telemetryinject.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://git.example.com/shop.git",
        "http://git.internal:3000/team/shop",
        "ssh://git@git.example.com:2222/shop.git",
        "git@git.example.com:team/shop.git",
        "git.example.com:shop",
        "file:///repositories/shop.git"
      })
  void takesWhatAPodCanFetchWithoutASecretInIt(String url) throws RunProblem {
    assertThat(RepositoryAddress.of(url).text()).isEqualTo(url);
    assertThat(RepositoryAddress.of(url).shortName()).isEqualTo("shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://jane:s3cret@git.example.com/shop.git",
        "https://s3cret@git.example.com/shop.git",
        "https://jane%3As3cret@git.example.com/shop.git",
        "HTTPS://x:s3cret@git.example.com/shop.git",
        "http://:s3cret@git.example.com/shop.git",
        "https://a@b:s3cret@git.example.com/shop.git",
        "ssh://git:s3cret@git.example.com/shop.git",
        "file://s3cret@host/shop.git",
        "https://git.example.com/shop.git?private_token=s3cret",
        "https://git.example.com/shop.git#s3cret",
        "https://jane:s3 cret@git.example.com/shop.git",
        "jane:s3cret@git.example.com:shop.git"
      })
  void refusesWhatMayHoldASecretAndDoesNotShowIt(String url) {
    RunProblem problem = catchThrowableOfType(RunProblem.class, () -> RepositoryAddress.of(url));

    assertThat(problem).isNotNull();
    assertThat(problem.getMessage() + problem.advice()).doesNotContain("s3", "jane");
  }

  @Test
  void saysWhereCredentialsBelong() {
    RunProblem problem =
        catchThrowableOfType(
            RunProblem.class,
            () -> RepositoryAddress.of("https://jane:s3cret@git.example.com/shop.git"));

    assertThat(problem).hasMessageContaining("--repo");
    assertThat(problem.advice()).contains(".netrc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop",
        "/srv/shop",
        "ftp://host/shop",
        "https://host",
        "https:///",
        "--upload-pack=x",
        "-oProxyCommand=x:y",
        "host:"
      })
  void refusesWhatIsNoRepository(String text) {
    assertThat(catchThrowableOfType(RunProblem.class, () -> RepositoryAddress.of(text)))
        .hasMessageContaining("no git repository");
  }
}

package io.telemetryinject.coordinator.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedPlacesIT {
  @TempDir private Path directory;
  private AllowedPlaces places;

  @BeforeEach
  void makePlaces() throws IOException {
    Files.createDirectories(directory.resolve("repos/shop"));
    Files.createSymbolicLink(directory.resolve("repos/out"), directory);
    places =
        new AllowedPlaces(
            List.of("https://git.example/team/", "ssh://git@host", directory + "/repos"),
            List.of("s3://builds/nightly", directory.toString()),
            directory.resolve("work"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://git.example/team/shop.git",
        "HTTPS://git.example/team/shop.git",
        "https://user:token@git.example/team/shop.git",
        "ssh://git@host/shop.git",
        "git@host:shop.git"
      })
  void allowsWhatLiesBelowAPrefix(String input) {
    assertThat(places.refuseInput(input)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://git.example/team2/shop.git",
        "https://git.example/team/../other/shop.git",
        "https://git.example/team/%2e%2e/other/shop.git",
        "https://git.example/team/..%2Fother/shop.git",
        "https://git.example/team/..\\other",
        "https://git.example@attacker.example/team/shop.git",
        "https://git.example.attacker.example/team/shop.git",
        "http://git.example/team/shop.git",
        "ssh://git@host2/shop.git",
        "git@host2:shop.git",
        "git@host:../other.git",
        "ext::sh",
        "relative"
      })
  void refusesWhatOnlyLooksLikeIt(String input) {
    assertThat(places.refuseInput(input)).isPresent();
  }

  @Test
  void followsLinksBeforeItCompares() {
    assertThat(places.refuseInput(directory + "/repos/shop")).isEmpty();
    assertThat(places.refuseInput("file://" + directory + "/repos/shop")).isEmpty();
    assertThat(places.refuseInput(directory + "/repos/out/work")).isPresent();
    assertThat(places.refuseInput(directory + "/repos/../work")).isPresent();
  }

  @Test
  void keepsItsOwnDirectoryToItself() {
    assertThat(places.refuseOutput(directory + "/result")).isEmpty();
    assertThat(places.refuseOutput(directory + "/work/runs/x")).isPresent();
    assertThat(places.refuseOutput(directory.toString())).isPresent();
    assertThat(places.refuseOutput("s3://builds/nightly/shop")).isEmpty();
    assertThat(places.refuseOutput("s3://builds/nightly2")).isPresent();
    assertThat(places.refuseOutput("s3://other/nightly")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "s3://b/x, s3://b/x/, true",
    "s3://b/x, s3://b/x/y, true",
    "s3://b/x, s3://b/xy, false",
    "/out/a, /out/a, true",
    "/out/a, /out/ab, false"
  })
  void tellsOutputsThatOverlap(String one, String other, boolean overlap) {
    assertThat(AllowedPlaces.collide(one, other)).isEqualTo(overlap);
    assertThat(AllowedPlaces.collide(other, one)).isEqualTo(overlap);
  }
}

package io.telemetryinject.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeysIT {
  private static final byte[] STATEMENT = "statement".getBytes(StandardCharsets.UTF_8);

  @TempDir Path temporary;
  private Path file;
  private Path publicFile;

  @BeforeEach
  void setUp() {
    file = temporary.resolve("config/telemetry-inject/signing-key");
    publicFile = file.resolveSibling("signing-key.pub");
  }

  @Test
  void makesAPairOnFirstUseThatOnlyItsOwnerCanRead() throws IOException {
    SigningKeys made = SigningKeys.openOrCreate(file);
    SigningKeys again = SigningKeys.openOrCreate(file);

    byte[] signature = made.signer().sign(STATEMENT);
    assertThat(again.verifier().verify(STATEMENT, signature)).isTrue();
    assertThat(SigningKeys.publicOnly(List.of(publicFile)).verify(STATEMENT, signature)).isTrue();
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(file.getParent())).isEqualTo("rwx------");
    assertThat(Files.readString(publicFile)).doesNotContain("PRIVATE");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactlyInAnyOrder(file, publicFile);
    }
  }

  @Test
  void verifiesNothingElse() throws IOException {
    SigningKeys keys = SigningKeys.openOrCreate(file);
    byte[] signature = keys.signer().sign(STATEMENT);
    SigningKeys other = SigningKeys.openOrCreate(temporary.resolve("other/signing-key"));

    assertThat(other.verifier().verify(STATEMENT, signature)).isFalse();
    assertThat(keys.verifier().verify(new byte[] {1}, signature)).isFalse();
    assertThat(keys.verifier().verify(STATEMENT, new byte[64])).isFalse();
    assertThat(keys.verifier().verify(STATEMENT, new byte[0])).isFalse();
  }

  @Test
  void endsWithOnePairWhenMakersRace() throws Exception {
    for (int round = 0; round < 10; round++) {
      Path raced = temporary.resolve("race-" + round).resolve("signing-key");
      CyclicBarrier barrier = new CyclicBarrier(8);
      Callable<SigningKeys> maker =
          () -> {
            barrier.await();
            return SigningKeys.openOrCreate(raced);
          };
      ExecutorService threads = Executors.newFixedThreadPool(8);
      List<SigningKeys> made = new ArrayList<>();
      try {
        for (Future<SigningKeys> keys :
            threads.invokeAll(java.util.Collections.nCopies(8, maker))) {
          made.add(keys.get());
        }
      } finally {
        threads.shutdownNow();
      }
      byte[] signature = made.get(0).signer().sign(STATEMENT);
      assertThat(made).allMatch(keys -> keys.verifier().verify(STATEMENT, signature));
      assertThat(
              SigningKeys.publicOnly(List.of(raced.resolveSibling("signing-key.pub")))
                  .verify(STATEMENT, signature))
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
  void refusesAKeyThatOthersCanReach(String mode) throws IOException {
    SigningKeys.openOrCreate(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertThatThrownBy(() -> SigningKeys.openOrCreate(file))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("cannot use signing key " + file + ": others can read it\n  ")
        .hasMessageContaining("chmod 600 " + file);
  }

  @Test
  void refusesAKeyInADirectoryThatOthersCanWriteTo() throws IOException {
    SigningKeys.openOrCreate(file);
    Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> SigningKeys.openOrCreate(file))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("others can write to its directory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"})
  void refusesAFileThatHoldsNoPair(String text) throws IOException {
    SigningKeys.openOrCreate(file);
    Files.writeString(file, text);

    assertThatThrownBy(() -> SigningKeys.openOrCreate(file))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("cannot use key " + file);
  }

  @Test
  void refusesHalvesOfTwoPairs() throws IOException {
    SigningKeys.openOrCreate(file);
    Path other = temporary.resolve("other/signing-key");
    SigningKeys.openOrCreate(other);
    String mixed =
        Files.readString(file).split("-----BEGIN PUBLIC")[0]
            + Files.readString(other.resolveSibling("signing-key.pub"));
    Files.writeString(file, mixed);
    Files.delete(publicFile);

    assertThatThrownBy(() -> SigningKeys.openOrCreate(file))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("halves do not belong together");
  }

  @Test
  void refusesAPublicKeyOfAnotherPairBesideIt() throws IOException {
    SigningKeys.openOrCreate(file);
    Path other = temporary.resolve("other/signing-key");
    SigningKeys.openOrCreate(other);
    Files.write(publicFile, Files.readAllBytes(other.resolveSibling("signing-key.pub")));

    assertThatThrownBy(() -> SigningKeys.openOrCreate(file))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("belongs to another key\n  Delete " + publicFile);
  }

  @Test
  void putsTheLostPublicHalfBack() throws IOException {
    SigningKeys.openOrCreate(file);
    String before = Files.readString(publicFile);
    Files.delete(publicFile);
    SigningKeys.openOrCreate(file);
    assertThat(publicFile).hasContent(before);
  }

  @Test
  void saysHowToGetAPublicKeyThatIsMissing() {
    assertThatThrownBy(() -> SigningKeys.publicOnly(List.of(publicFile)))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("no such file\n  A generator makes the pair");
  }

  @Test
  void refusesAKeyInsideCacheOrTree() throws IOException {
    Path cache = Files.createDirectory(temporary.resolve("cache"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), cache);
    SigningKeys inside = SigningKeys.openOrCreate(link.resolve("keys").resolve("signing-key"));

    assertThatThrownBy(() -> inside.requireOutside(temporary.resolve("tree"), cache))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("it lies inside " + cache);
    assertThat(inside.requireOutside(temporary.resolve("tree"))).isSameAs(inside);
  }

  @Test
  void findsItsPlaceAsTheDesktopRulesSay() throws IOException {
    assertThat(SigningKeys.defaultFile(Map.of("XDG_CONFIG_HOME", "/etc/x", "HOME", "/home/me")))
        .isEqualTo(Path.of("/etc/x/telemetry-inject/signing-key"));
    assertThat(SigningKeys.defaultFile(Map.of("XDG_CONFIG_HOME", "relative", "HOME", "/home/me")))
        .isEqualTo(Path.of("/home/me/.config/telemetry-inject/signing-key"));
    assertThat(SigningKeys.defaultFile(Map.of("HOME", "/home/me")))
        .isEqualTo(Path.of("/home/me/.config/telemetry-inject/signing-key"));
    assertThatThrownBy(() -> SigningKeys.defaultFile(Map.of("HOME", "")))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("Set XDG_CONFIG_HOME");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}

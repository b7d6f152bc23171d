package io.telemetryinject.coordinator.service.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.service.ServiceRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The token that requests must bring; read anew each time, so that it can be replaced. */
final class AccessToken {
  private static final Logger LOGGER = LoggerFactory.getLogger(AccessToken.class);
  private static final String SCHEME = "Bearer ";
  private static final int LEAST_LENGTH = 16;

  private final Path file;

  private AccessToken(Path file) {
    this.file = requireNonNull(file, "file is null");
  }

  /**
   * @throws ServiceRefusedException when the file holds no token that is worth the name
   */
  static AccessToken in(Path file) {
    try {
      if (read(file).length() < LEAST_LENGTH) {
        throw new ServiceRefusedException(
            "the token in " + file + " is shorter than " + LEAST_LENGTH + " characters",
            "Make one: openssl rand -hex 32 > " + file);
      }
      return new AccessToken(file);
    } catch (IOException e) {
      throw new ServiceRefusedException(
          "the token file " + file + " cannot be read: " + e.getClass().getSimpleName(),
          "Name a readable file with telemetry-inject.service.token-file.");
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  /** Whether a request's Authorization header holds it. */
  boolean isIn(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    try {
      String token = read(file);
      return token.length() >= LEAST_LENGTH
          && MessageDigest.isEqual(
              digest(token), digest(authorization.substring(SCHEME.length()).strip()));
    } catch (IOException e) {
      LOGGER.atError().log("the token file {} cannot be read: nobody is let in", file);
      return false;
    }
  }

  /** Of one length, whatever was sent: comparing takes the same time for all of them. */
  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

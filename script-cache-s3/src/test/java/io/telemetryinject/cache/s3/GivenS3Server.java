package io.telemetryinject.cache.s3;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.RawObjects;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A server that somebody else started, for the same tests: {@code S3_TEST_ENDPOINT}, with {@code
 * S3_TEST_BUCKET}, {@code S3_TEST_ACCESS_KEY} and {@code S3_TEST_SECRET_KEY}. Tests that stop their
 * server, say when an object was written or change signed requests are skipped there.
 */
final class GivenS3Server extends S3Server {
  private static final String ENDPOINT = "S3_TEST_ENDPOINT";

  private final URI endpoint = URI.create(named(ENDPOINT));
  private final S3Location place =
      S3Location.parse("s3://" + named("S3_TEST_BUCKET") + "/" + UUID.randomUUID());
  private final S3Client client;

  GivenS3Server(Path root) {
    super(
        root, new S3Settings.Credentials(named("S3_TEST_ACCESS_KEY"), named("S3_TEST_SECRET_KEY")));
    client = client(settings(place, endpoint));
  }

  static boolean isGiven() {
    return System.getenv(ENDPOINT) != null;
  }

  private static String named(String name) {
    return requireNonNull(System.getenv(name), name + " is not set, though " + ENDPOINT + " is");
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  boolean believesEverybody() {
    return false;
  }

  @Override
  public void stop() {
    Assumptions.abort("the server at " + endpoint + " is not this test's to stop");
  }

  @Override
  public void restart() {
    throw new IllegalStateException("it was not stopped");
  }

  @Override
  S3Location location(Path directory) {
    return S3Location.parse(place + inside(directory));
  }

  @Override
  public RawObjects raw(Path directory) {
    return new S3RawObjects(client, location(directory));
  }

  /** What was written stays: the bucket is thrown away, or somebody wants to look. */
  @Override
  public void close() {
    client.close();
  }
}

package io.telemetryinject.cache.s3;

import io.telemetryinject.cache.RawObjects;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.gaul.s3proxy.auth.AuthenticationType;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A real S3 endpoint. Each directory below its root has a place of its own there: for S3Proxy it is
 * that directory, for a server that was given, a prefix that nobody else uses.
 */
public abstract class S3Server implements AutoCloseable {
  final Path root;
  private final S3Settings.Credentials credentials;

  S3Server(Path root, S3Settings.Credentials credentials) {
    this.root = root;
    this.credentials = credentials;
  }

  /** Starts S3Proxy on a free port, unless {@link GivenS3Server another server} is to be tried. */
  public static S3Server start(Path root) {
    return start(root, AuthenticationType.AWS_V4);
  }

  /** Starts one that believes everybody, if that can be chosen. */
  static S3Server startOpen(Path root) {
    return start(root, AuthenticationType.NONE);
  }

  private static S3Server start(Path root, AuthenticationType authentication) {
    return GivenS3Server.isGiven()
        ? new GivenS3Server(root)
        : S3ProxyServer.start(root, authentication);
  }

  public abstract URI endpoint();

  /** Whether requests may be changed on their way. */
  abstract boolean believesEverybody();

  /** Aborts the test where it cannot be stopped. */
  public abstract void stop();

  /** Starts again where it was. */
  public abstract void restart();

  /** Where a directory below the root lies. */
  abstract S3Location location(Path directory);

  /** What lies there, past all caches. */
  public abstract RawObjects raw(Path directory);

  /** The directory as a path below the root, with a slash between parts. */
  final String inside(Path directory) {
    return root.toAbsolutePath().relativize(directory.toAbsolutePath()).toString();
  }

  /** Settings for a cache that lies in this directory below the server's. */
  public S3Settings settings(Path directory) {
    return settings(location(directory), endpoint());
  }

  S3Settings settings(S3Location location, URI endpoint) {
    return S3Settings.of(location, endpoint, null)
        .withCredentials(credentials)
        .withPatience(Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  public S3ObjectStore store(Path directory) {
    return store(settings(directory), EntryCreation.Timing.USUAL);
  }

  S3ObjectStore store(S3Settings settings, EntryCreation.Timing timing) {
    return store(settings, OutageListener.logging(), timing);
  }

  S3ObjectStore store(S3Settings settings, OutageListener listener, EntryCreation.Timing timing) {
    return S3ObjectStore.open(client(settings), settings, listener, timing);
  }

  S3Client client(S3Settings settings) {
    return S3Clients.builder(settings).build();
  }

  @Override
  public abstract void close();
}

package io.telemetryinject.cache.s3;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 endpoint on a directory: buckets are its directories, objects their files. */
public final class S3Server implements AutoCloseable {
  private final Path root;
  private final AuthenticationType authentication;
  private final String identity = UUID.randomUUID().toString();
  private final String credential = UUID.randomUUID().toString();
  private S3Proxy proxy;
  private int port;

  private S3Server(Path root, AuthenticationType authentication) {
    this.root = root;
    this.authentication = authentication;
  }

  /** Starts on a free port. */
  public static S3Server start(Path root) {
    return start(root, AuthenticationType.AWS_V4);
  }

  /** Starts one that believes everybody. */
  static S3Server startOpen(Path root) {
    return start(root, AuthenticationType.NONE);
  }

  private static S3Server start(Path root, AuthenticationType authentication) {
    S3Server server = new S3Server(root, authentication);
    server.restart();
    return server;
  }

  /** Starts again where it was. */
  public void restart() {
    try {
      proxy =
          S3Proxy.builder()
              .blobStore(new FilesystemNio2BlobStore(root.toAbsolutePath().toString()))
              .stopTimeout(0)
              .endpoint(URI.create("http://127.0.0.1:" + port))
              .awsAuthentication(authentication, identity, credential)
              .build();
      proxy.start();
      port = proxy.getPort();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not start", e);
    }
  }

  public void stop() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not stop", e);
    }
  }

  int port() {
    return port;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Settings for a cache that lies in this directory below the server's. */
  public S3Settings settings(Path directory) {
    return settings(directory, endpoint());
  }

  S3Settings settings(Path directory, URI endpoint) {
    Path inside = root.toAbsolutePath().relativize(directory.toAbsolutePath());
    return S3Settings.of(S3Location.parse("s3://" + inside), endpoint, null)
        .withCredentials(new S3Settings.Credentials(identity, credential))
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
  public void close() {
    stop();
  }
}

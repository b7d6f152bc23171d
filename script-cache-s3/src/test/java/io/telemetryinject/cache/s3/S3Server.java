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
  private final String identity = UUID.randomUUID().toString();
  private final String credential = UUID.randomUUID().toString();
  private S3Proxy proxy;
  private int port;

  private S3Server(Path root) {
    this.root = root;
  }

  /** Starts on a free port. */
  public static S3Server start(Path root) {
    S3Server server = new S3Server(root);
    server.restart();
    return server;
  }

  /** Starts again where it was. */
  public void restart() {
    try {
      proxy =
          S3Proxy.builder()
              .blobStore(new FilesystemNio2BlobStore(root.toAbsolutePath().toString()))
              .endpoint(URI.create("http://127.0.0.1:" + port))
              .awsAuthentication(AuthenticationType.AWS_V4, identity, credential)
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

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Settings for a cache that lies in this directory below the server's. */
  public S3Settings settings(Path directory) {
    Path inside = root.toAbsolutePath().relativize(directory.toAbsolutePath());
    return S3Settings.of(S3Location.parse("s3://" + inside), endpoint(), null)
        .withCredentials(new S3Settings.Credentials(identity, credential))
        .withPatience(Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  public S3ObjectStore store(Path directory) {
    return store(settings(directory), EntryCreation.Timing.USUAL);
  }

  S3ObjectStore store(S3Settings settings, EntryCreation.Timing timing) {
    return S3ObjectStore.open(client(settings), settings, OutageListener.logging(), timing);
  }

  S3Client client(S3Settings settings) {
    return S3Clients.builder(settings).build();
  }

  @Override
  public void close() {
    stop();
  }
}

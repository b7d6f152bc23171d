package io.telemetryinject.cache.s3;

import io.telemetryinject.cache.RawFiles;
import io.telemetryinject.cache.RawObjects;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** S3Proxy on a directory: buckets are its directories, objects their files. */
final class S3ProxyServer extends S3Server {
  private final AuthenticationType authentication;
  private final S3Settings.Credentials credentials;
  private S3Proxy proxy;
  private int port;

  private S3ProxyServer(
      Path root, AuthenticationType authentication, S3Settings.Credentials credentials) {
    super(root, credentials);
    this.authentication = authentication;
    this.credentials = credentials;
  }

  static S3ProxyServer start(Path root, AuthenticationType authentication) {
    S3ProxyServer server =
        new S3ProxyServer(
            root,
            authentication,
            new S3Settings.Credentials(UUID.randomUUID().toString(), UUID.randomUUID().toString()));
    server.restart();
    return server;
  }

  @Override
  public void restart() {
    try {
      proxy =
          S3Proxy.builder()
              .blobStore(new FilesystemNio2BlobStore(root.toAbsolutePath().toString()))
              .stopTimeout(0)
              .endpoint(URI.create("http://127.0.0.1:" + port))
              .awsAuthentication(authentication, credentials.accessKey(), credentials.secretKey())
              .build();
      proxy.start();
      port = proxy.getPort();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not start", e);
    }
  }

  @Override
  public void stop() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not stop", e);
    }
  }

  @Override
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  boolean believesEverybody() {
    return authentication == AuthenticationType.NONE;
  }

  @Override
  S3Location location(Path directory) {
    return S3Location.parse("s3://" + inside(directory));
  }

  @Override
  public RawObjects raw(Path directory) {
    return new RawFiles(directory);
  }

  @Override
  public void close() {
    stop();
  }
}

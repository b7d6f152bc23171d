package io.telemetryinject.embedded;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.broker.FreePort;
import io.telemetryinject.cache.s3.CachePlace;
import io.telemetryinject.cache.s3.S3Location;
import io.telemetryinject.cache.s3.S3Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * A real S3 endpoint in this process, over a cache directory: its objects are the directory's
 * files, so that runs with and without it share what they cache. Only this process knows the
 * credentials.
 */
public final class EmbeddedStore implements AutoCloseable {
  private static final String BUCKET = "cache";
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);

  /** It starts in a second or two, on a busy machine in ten. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final CachePlace place;
  private final S3Proxy proxy;
  private final Path bucket;
  private final CompletableFuture<Void> started;

  private EmbeddedStore(CachePlace place, S3Proxy proxy, Path bucket) {
    this.place = place;
    this.proxy = proxy;
    this.bucket = bucket;
    this.started = CompletableFuture.runAsync(this::start);
  }

  /** Begins to start, beside whatever else starts; requests wait for it. */
  public static EmbeddedStore start(Path cacheDirectory) throws IOException {
    Path directory = Files.createDirectories(cacheDirectory).toRealPath();
    // A bucket's name may not be what the directory is called, e.g. begin with a dot.
    Path root = Files.createTempDirectory("telemetry-inject-s3").toRealPath();
    Path bucket = Files.createSymbolicLink(root.resolve(BUCKET), directory);
    URI endpoint = URI.create("http://127.0.0.1:" + FreePort.find());
    S3Settings.Credentials credentials = new S3Settings.Credentials(random(), random());
    S3Settings settings =
        S3Settings.of(new S3Location(BUCKET, ""), endpoint, null)
            .withCredentials(credentials)
            .withPatience(ATTEMPT_TIMEOUT, PATIENCE);
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(root.toString()))
            .endpoint(endpoint)
            // Connections that nobody uses any more are not worth waiting for.
            .stopTimeout(0)
            .awsAuthentication(
                AuthenticationType.AWS_V4, credentials.accessKey(), credentials.secretKey())
            .build();
    return new EmbeddedStore(new CachePlace(cacheDirectory, settings, null), proxy, bucket);
  }

  private static String random() {
    byte[] bytes = new byte[20];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void start() {
    try {
      proxy.start();
    } catch (Exception e) {
      throw new CompletionException("the embedded S3 endpoint does not start", e);
    }
  }

  /** Where a run finds it. */
  public CachePlace place() {
    return place;
  }

  @Override
  public void close() throws IOException {
    try {
      started.exceptionally(problem -> null).join();
      proxy.stop();
    } catch (Exception e) {
      throw new IOException("the embedded S3 endpoint does not stop: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(bucket);
      Files.deleteIfExists(requireNonNull(bucket.getParent(), "it has a directory"));
    }
  }
}

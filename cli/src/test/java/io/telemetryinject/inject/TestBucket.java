package io.telemetryinject.inject;

import io.telemetryinject.cache.s3.CachePlace;
import io.telemetryinject.cache.s3.S3Location;
import io.telemetryinject.cache.s3.S3Settings;
import io.telemetryinject.cli.CommandProcess;
import io.telemetryinject.cli.TestTree;
import io.telemetryinject.generator.LadderSettings;
import io.telemetryinject.sandbox.SandboxMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A bucket on a real S3 endpoint that can go away and come back. */
public final class TestBucket implements AutoCloseable {
  public static final String IDENTITY = "test-identity";
  public static final String CREDENTIAL = "test-credential";

  private final Path root;
  private S3Proxy proxy;
  private int port;

  public TestBucket(Path root) throws Exception {
    this.root = root.toAbsolutePath();
    Files.createDirectories(root.resolve("bucket"));
    start();
  }

  /** Starts again where it was. */
  public void start() throws Exception {
    proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(root.toString()))
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .stopTimeout(0)
            .awsAuthentication(AuthenticationType.AWS_V4, IDENTITY, CREDENTIAL)
            .build();
    proxy.start();
    port = proxy.getPort();
  }

  public void stop() throws Exception {
    proxy.stop();
  }

  /** Removes the bucket with all that is in it; the server stays. */
  public void remove() throws IOException {
    TestTree.delete(root.resolve("bucket"));
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The bucket as a machine with these copies sees it. */
  public CachePlace place(Path copies, Duration patience) {
    S3Settings settings =
        S3Settings.of(S3Location.parse("s3://bucket/cache"), endpoint(), null)
            .withCredentials(new S3Settings.Credentials(IDENTITY, CREDENTIAL))
            .withPatience(Duration.ofSeconds(5), patience);
    return new CachePlace(root.resolve("unused"), settings, copies);
  }

  /** A machine with a copy of scripts and a spend ledger of its own, and the key of all. */
  public EngineSettings machine(Path directory, String name, Duration patience) {
    return new EngineSettings(
        place(directory.resolve(name + "-copies"), patience),
        directory.resolve("key").resolve("signing-key"),
        CommandProcess.PYTHON,
        SandboxMode.STRICT,
        1,
        LadderSettings.template(directory.resolve(name + "-spend")));
  }

  @Override
  public void close() throws Exception {
    stop();
  }
}

package io.telemetryinject.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.broker.EmbeddedBroker;
import io.telemetryinject.broker.FreePort;
import io.telemetryinject.broker.KraftBroker;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * Broker and S3 endpoint of {@code bin/local-platform}, as a process of its own that serves until
 * it is told to end. What others need to reach them is in {@code services.env}, for its owner only.
 */
public final class LocalServices {
  /** Of the S3 endpoint. */
  static final String BUCKET = "telemetry-inject";

  private LocalServices() {}

  /**
   * @param args the directory that broker and buckets are kept in
   */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createDirectories(Path.of(args[0])).toRealPath();
    Path buckets = Files.createDirectories(directory.resolve("s3"));
    // What everybody may read in the file system, the endpoint gives to everybody.
    Files.setPosixFilePermissions(
        Files.createDirectories(buckets.resolve(BUCKET)),
        PosixFilePermissions.fromString("rwx------"));
    String accessKey = random();
    String secretKey = random();
    URI endpoint = URI.create("http://127.0.0.1:" + FreePort.find());
    S3Proxy s3 =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(buckets.toString()))
            .endpoint(endpoint)
            .stopTimeout(0)
            .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
            .build();
    s3.start();
    CountDownLatch end = new CountDownLatch(1);
    try (EmbeddedBroker broker = KraftBroker.start(directory.resolve("broker"))) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(broker, end)));
      write(
          directory.resolve("services.env"),
          List.of(
              "SPRING_KAFKA_BOOTSTRAPSERVERS=" + broker.bootstrapServers(),
              "TELEMETRY_INJECT_CACHE=s3://" + BUCKET + "/cache",
              "TELEMETRY_INJECT_S3_ENDPOINT=" + endpoint,
              "AWS_ACCESS_KEY_ID=" + accessKey,
              "AWS_SECRET_ACCESS_KEY=" + secretKey));
      end.await();
    }
  }

  private static void shutDown(EmbeddedBroker broker, CountDownLatch end) {
    broker.close();
    end.countDown();
  }

  /** Whole or not at all, since somebody waits for it. */
  private static void write(Path file, List<String> lines) throws Exception {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(part, lines, UTF_8);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String random() {
    byte[] bytes = new byte[20];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}

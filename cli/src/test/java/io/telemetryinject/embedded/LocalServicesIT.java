package io.telemetryinject.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.cache.s3.OutageListener;
import io.telemetryinject.cache.s3.S3Location;
import io.telemetryinject.cache.s3.S3ObjectStore;
import io.telemetryinject.cache.s3.S3Settings;
import io.telemetryinject.cli.CommandProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalServicesIT {
  @TempDir private Path directory;

  @Test
  void servesABrokerAndABucketToWhoeverMayReadItsFile() throws Exception {
    Path file = directory.resolve("services.env");
    try (CommandProcess services =
        CommandProcess.start(
            LocalServices.class.getName(),
            directory.resolve("log"),
            System.getProperty("java.class.path"),
            List.of(directory.toString()))) {
      await()
          .atMost(Duration.ofMinutes(1))
          .failFast("the services ended", () -> !services.isAlive())
          .until(() -> Files.exists(file));
      Map<String, String> settings = settings(file);

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      String broker = settings.get("SPRING_KAFKA_BOOTSTRAPSERVERS");
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
        assertThat(admin.describeCluster().nodes().get()).hasSize(1);
      }
      URI endpoint = URI.create(settings.get("TELEMETRY_INJECT_S3_ENDPOINT"));
      try (S3ObjectStore store =
          S3ObjectStore.open(bucket(settings, endpoint), OutageListener.logging())) {
        assertThat(store.list("metadata", "")).isEmpty();
      }
      assertThat(statusWithoutCredentials(endpoint)).isEqualTo(403);
      services.stop();
    }
  }

  private static Map<String, String> settings(Path file) throws IOException {
    Map<String, String> settings = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    return settings;
  }

  private static S3Settings bucket(Map<String, String> settings, URI endpoint) {
    return S3Settings.of(
            S3Location.parse(settings.get("TELEMETRY_INJECT_CACHE")), endpoint, "us-east-1")
        .withCredentials(
            new S3Settings.Credentials(
                settings.get("AWS_ACCESS_KEY_ID"), settings.get("AWS_SECRET_ACCESS_KEY")));
  }

  private static int statusWithoutCredentials(URI endpoint) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve("/" + LocalServices.BUCKET)).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}

package io.telemetryinject.cache;

import io.telemetryinject.cache.s3.S3Server;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same on S3. */
class S3StoredScriptCacheIT extends StoredScriptCacheIT {
  private static S3Server server;

  @BeforeAll
  static void startServer() {
    server = S3Server.start(Path.of(System.getProperty("java.io.tmpdir")));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  CacheFixture fixture(Path directory) {
    return new CacheFixture(directory, server::store, server::raw);
  }
}

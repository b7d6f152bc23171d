package io.telemetryinject.cache.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.cache.StoredObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the cache relies on a server for. */
class S3PromisesIT {
  private static final int AT_ONCE = 16;

  @TempDir Path root;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private S3Server server;
  private S3Requests requests;

  @BeforeEach
  void start() throws Exception {
    server = S3Server.start(root);
    S3Settings settings =
        server.settings(Files.createDirectory(root.resolve("bucket")).resolve("c"));
    requests = new S3Requests(server.client(settings), settings, OutageListener.logging());
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    requests.close();
    server.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> done : threads.invokeAll(work)) {
      results.add(done.get());
    }
    return results;
  }

  @Test
  void createsOnceHoweverManyTry() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(AT_ONCE);
    for (int round = 0; round < 50; round++) {
      String key = "races/" + round;
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        byte[] text = bytes("writer-" + i);
        writers.add(
            () -> {
              barrier.await();
              return requests.create(key, text);
            });
      }
      List<Boolean> created = atOnce(writers);

      assertThat(created).as("round %s", round).containsOnlyOnce(true);
      assertThat(requests.get(key, 100)).hasValue(bytes("writer-" + created.indexOf(true)));
    }
  }

  @Test
  void createsAgainWhatWasDeleted() throws Exception {
    requests.create("x", bytes("one"));
    requests.delete("x");

    assertThat(requests.head("x")).isEmpty();
    assertThat(requests.create("x", bytes("two"))).isTrue();
    assertThat(requests.get("x", 100)).hasValue(bytes("two"));
  }

  @Test
  void listsAtOnceWhatIsThere() throws Exception {
    for (int i = 0; i < 20; i++) {
      requests.put("now/" + i, bytes("x"));
      assertThat(names("now")).contains(String.valueOf(i));
      requests.delete("now/" + i);
      assertThat(names("now")).isEmpty();
    }
  }

  /** More than a page, and directories in between, which count as entries of pages. */
  @Test
  void listsADirectoryWithoutThoseBelowIt() throws Exception {
    List<Callable<Void>> writing = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      String name = String.format("n%04d", i);
      expected.add(name);
      writing.add(() -> put("many/" + name));
      if (i % 10 == 0) {
        writing.add(() -> put("many/" + name + "-below/x"));
      }
    }
    atOnce(writing);

    assertThat(names("many")).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(requests.list("many", "n109").stream().map(StoredObject::name))
        .containsExactlyInAnyOrderElementsOf(expected.subList(1_090, 1_100));
  }

  private Void put(String key) throws Exception {
    requests.put(key, bytes("x"));
    return null;
  }

  private List<String> names(String directory) throws Exception {
    return requests.list(directory, "").stream().map(StoredObject::name).toList();
  }

  @Test
  void tellsHowOldAnObjectIsByItsOwnClock() throws Exception {
    requests.put("ages/x", bytes("x"));
    S3Requests.Standing standing = requests.head("ages/x").orElseThrow();
    StoredObject listed = requests.list("ages", "").get(0);

    assertThat(standing.age()).isBetween(Duration.ofSeconds(-1), Duration.ofSeconds(30));
    assertThat(listed.bytes()).isEqualTo(1).isEqualTo(standing.object().bytes());
    assertThat(Duration.between(standing.object().lastModified(), listed.lastModified()).abs())
        .as("as listed and as asked for")
        .isLessThan(Duration.ofSeconds(1));
  }
}

package io.telemetryinject.cache.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.cache.s3.S3Tree.Moved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees in a bucket whose objects somebody changed or took away, below the server. */
class TamperedTreeIT {
  @TempDir private Path directory;
  private Path objects;
  private Path here;
  private Path there;
  private S3Server server;
  private S3Tree tree;

  @BeforeEach
  void start() throws IOException {
    Path root = Files.createDirectories(directory.resolve("s3"));
    objects = Files.createDirectories(root.resolve("bucket")).resolve("nightly");
    server = S3ProxyServer.start(root, AuthenticationType.AWS_V4);
    tree = S3Tree.open(server.settings(objects), OutageListener.logging());
    here = Files.createDirectories(directory.resolve("here/shop"));
    here = here.getParent();
    there = directory.resolve("there");
    Files.writeString(here.resolve("shop/cart.py"), "cart\n");
    Files.writeString(here.resolve("a b%c\td.txt"), "odd name\n");
    Files.writeString(here.resolve("run.sh"), "#!/bin/sh\n");
    assertThat(here.resolve("run.sh").toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(here.resolve("link"), Path.of("shop/cart.py"));
  }

  @AfterEach
  void stop() {
    tree.close();
    server.close();
  }

  @Test
  void sendsAllAgainThatABrokenOffPublicationMayHaveLeft() throws IOException {
    tree.publish(here);
    Files.delete(objects.resolve(S3Tree.INDEX));

    assertThat(tree.fetch(there)).isEmpty();
    assertThat(tree.publish(here)).isEqualTo(new Moved(4, 4, 0));
  }

  /** As if it had been killed when the old list was gone and nothing else had been done. */
  @Test
  void removesWhatABrokenOffPublicationWasToRemove() throws IOException {
    tree.publish(here);
    String list = Files.readString(objects.resolve(S3Tree.INDEX));
    Files.writeString(objects.resolve(S3Tree.INDEX + ".pending"), list);
    Files.delete(objects.resolve(S3Tree.INDEX));
    Files.delete(here.resolve("shop/cart.py"));

    assertThat(tree.publish(here)).isEqualTo(new Moved(3, 3, 1));

    assertThat(objects.resolve("shop/cart.py")).doesNotExist();
    assertThat(objects.resolve(S3Tree.INDEX + ".pending")).doesNotExist();
    assertThat(tree.fetch(there)).hasValue(new Moved(3, 3, 0));
  }

  @Test
  void believesNoObjectThatIsNotWhatItsListSays() throws IOException {
    tree.publish(here);
    Files.writeString(objects.resolve("shop/cart.py"), "evil\n");

    assertThatThrownBy(() -> tree.fetch(there))
        .hasMessageContaining("shop/cart.py is not what its list says");
  }

  @Test
  void writesNothingOutsideItsDirectory() throws IOException {
    tree.publish(here);
    Path index = objects.resolve(S3Tree.INDEX);
    Files.writeString(index, Files.readString(index).replace("shop/cart.py", "../cart.py"));
    assertThatThrownBy(() -> tree.fetch(there)).hasMessageContaining("has a path that leaves it");

    for (String spelling : List.of("shop//cart.py", "./cart.py", "link/", "/cart.py", "a/../b")) {
      String list = Files.readString(index);
      Files.writeString(index, list.replace("../cart.py", spelling));
      assertThatThrownBy(() -> tree.fetch(there))
          .as(spelling)
          .hasMessageContaining("has a path that leaves it");
      Files.writeString(index, list);
    }

    Files.writeString(index, Files.readString(index).replace("../cart.py", "link/cart.py"));
    assertThatThrownBy(() -> tree.fetch(there))
        .as("through a link of the list")
        .hasMessageContaining("has a path that leaves it");

    Files.writeString(index, Files.readString(index).replace("\"link\"", "\"other\""));
    Files.createDirectories(there);
    Files.createSymbolicLink(there.resolve("link"), directory);
    assertThatThrownBy(() -> tree.fetch(there)).hasMessageContaining("has a path that leaves it");
    assertThat(directory.resolve("cart.py")).doesNotExist();
  }
}

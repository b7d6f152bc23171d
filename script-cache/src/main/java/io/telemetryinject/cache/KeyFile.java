package io.telemetryinject.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key file: both halves in one, so that it exists whole or not at all. */
final class KeyFile {
  private static final int MAX_BYTES = 16 << 10;

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);
  private static final Set<PosixFilePermission> OTHER_WRITERS =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final Path file;
  private final boolean posix;

  KeyFile(Path file) {
    this.file = file.toAbsolutePath().normalize();
    this.posix = this.file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  String readOrCreate() throws CacheException {
    try {
      if (!Files.exists(file)) {
        create();
      }
      refuse(file, OTHERS, "others can read it", "chmod 600 " + file);
      Path directory = directory();
      refuse(
          directory, OTHER_WRITERS, "others can write to its directory", "chmod 700 " + directory);
    } catch (IOException e) {
      throw CacheException.of("cannot use signing key", file, e);
    }
    return read();
  }

  /** Both halves go into one new file, which gets its name only if nobody else was faster. */
  private void create() throws IOException {
    Path directory = directory();
    Files.createDirectories(directory, attributes("rwx------"));
    KeyPair pair = Ed25519.newPair();
    String text =
        Pem.block("PRIVATE KEY", pair.getPrivate().getEncoded())
            + Pem.block("PUBLIC KEY", pair.getPublic().getEncoded());
    Path part = write(text, "rw-------");
    try {
      Files.createLink(file, part);
    } catch (FileAlreadyExistsException adopted) {
      // Another process has made the pair; both use that one.
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Leaves the public half beside the private one for those who only verify. */
  void publish(byte[] publicKey) throws CacheException {
    Path target = file.resolveSibling(file.getFileName() + ".pub");
    try {
      if (Files.exists(target)) {
        byte[] standing = new KeyFile(target).block("PUBLIC KEY", new KeyFile(target).read());
        if (!Arrays.equals(standing, publicKey)) {
          throw new CacheException(
              CacheError.SIGNING_KEY,
              "cannot use signing key " + file + ": " + target + " belongs to another key",
              "Delete " + target + "; it is made again from the signing key.",
              null);
        }
        return;
      }
      Path part = write(Pem.block("PUBLIC KEY", publicKey), "rw-r--r--");
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw CacheException.of("cannot write public key", target, e);
    }
  }

  private Path write(String text, String mode) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
    Files.createFile(part, attributes(mode));
    return Files.writeString(part, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
  }

  private FileAttribute<?>[] attributes(String mode) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private void refuse(Path path, Set<PosixFilePermission> forbidden, String why, String remedy)
      throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> excess = EnumSet.copyOf(forbidden);
    excess.retainAll(view.readAttributes().permissions());
    if (!excess.isEmpty()) {
      throw new CacheException(
          CacheError.SIGNING_KEY,
          "cannot use signing key " + file + ": " + why,
          "If nobody else has used it: " + remedy,
          null);
    }
  }

  String read() throws CacheException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new CacheException(
          CacheError.SIGNING_KEY,
          "cannot read key " + file + ": no such file",
          "A generator makes the pair on its first run; copy its .pub file here.",
          e);
    } catch (IOException e) {
      throw CacheException.of("cannot read key", file, e);
    }
  }

  byte[] block(String label, String text) throws CacheException {
    return Pem.find(label, text).orElseThrow(() -> unusable("it holds no " + label, null));
  }

  CacheException unusable(String why, @Nullable Throwable cause) {
    return new CacheException(CacheError.SIGNING_KEY, "cannot use key " + file + ": " + why, cause);
  }

  private Path directory() {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }
}

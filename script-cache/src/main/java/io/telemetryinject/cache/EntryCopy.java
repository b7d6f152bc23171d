package io.telemetryinject.cache;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An entry's objects as one run of bytes: each behind its length. */
record EntryCopy(byte[] metadata, byte[] script, byte[] tests, byte[] receipt) {

  byte[] bytes() {
    byte[][] parts = {metadata, script, tests, receipt};
    int length = 0;
    for (byte[] part : parts) {
      length += Integer.BYTES + part.length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      bytes.putInt(part.length).put(part);
    }
    return bytes.array();
  }

  /** Nothing when these bytes are no copy; whether it is a sound one is another question. */
  static Optional<EntryCopy> of(byte[] bytes) {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    try {
      EntryCopy copy = new EntryCopy(next(rest), next(rest), next(rest), next(rest));
      return rest.hasRemaining() ? Optional.empty() : Optional.of(copy);
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static byte[] next(ByteBuffer rest) {
    int length = rest.getInt();
    if (length < 0 || length > rest.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] part = new byte[length];
    rest.get(part);
    return part;
  }

  /** These objects under the keys of an entry. */
  EntryReader.Source source(EntryName name) {
    return (key, maxBytes) -> {
      if (key.equals(name.metadata())) {
        return Optional.of(metadata);
      }
      if (key.equals(name.receipt())) {
        return Optional.of(receipt);
      }
      return Optional.of(key.startsWith(EntryName.TESTS + "/") ? tests : script);
    };
  }
}

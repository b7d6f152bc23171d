package io.telemetryinject.cache;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Canonical bytes to sign: each field behind its length, so that fields cannot flow together. */
final class Statement {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

  Statement(String purpose) {
    add(purpose);
  }

  Statement add(String field) {
    return add(field.getBytes(StandardCharsets.UTF_8));
  }

  Statement add(byte[] field) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
    bytes.writeBytes(field);
    return this;
  }

  Statement add(long field) {
    bytes.writeBytes(
        ByteBuffer.allocate(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(field).array());
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}

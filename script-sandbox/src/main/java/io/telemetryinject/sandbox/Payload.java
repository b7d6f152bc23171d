package io.telemetryinject.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes of a request under construction: little-endian numbers, length-prefixed blobs. */
final class Payload {
  private byte[] bytes = new byte[1 << 10];
  private int size;

  int size() {
    return size;
  }

  Payload u8(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
    return this;
  }

  Payload u32(int value) {
    ensure(Integer.BYTES);
    put(size, value);
    size += Integer.BYTES;
    return this;
  }

  Payload raw(byte[] data) {
    ensure(data.length);
    System.arraycopy(data, 0, bytes, size, data.length);
    size += data.length;
    return this;
  }

  Payload blob(byte[] data) {
    return u32(data.length).raw(data);
  }

  Payload text(String text) {
    return blob(text.getBytes(UTF_8));
  }

  /** Leaves room for a number that is known later; returns where. */
  int hole() {
    u32(0);
    return size - Integer.BYTES;
  }

  Payload fill(int hole, int value) {
    put(hole, value);
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  private void put(int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >> 8);
    bytes[at + 2] = (byte) (value >> 16);
    bytes[at + 3] = (byte) (value >> 24);
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}

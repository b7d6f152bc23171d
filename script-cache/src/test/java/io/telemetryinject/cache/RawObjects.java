package io.telemetryinject.cache;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What lies in a store, as anybody finds and changes it who may write there: past the cache. */
public interface RawObjects {
  /** Whether anything is there at all, be it an empty directory. */
  boolean any() throws IOException;

  /** Keys of all objects. */
  List<String> keys() throws IOException;

  boolean has(String key) throws IOException;

  /** An object that is there. */
  byte[] get(String key) throws IOException;

  /** Writes an object, or over one. */
  void put(String key, byte[] bytes) throws IOException;

  void delete(String key) throws IOException;

  /** Makes a directory, or what stands for one. */
  void directory(String key) throws IOException;

  /** Makes an object look as if it had been written so long ago; aborts tests where none can. */
  void age(String key, Duration age) throws IOException;

  default void flipBit(String key, int position) throws IOException {
    byte[] bytes = get(key);
    bytes[position] ^= 1;
    put(key, bytes);
  }
}

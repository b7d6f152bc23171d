package io.telemetryinject.cache.s3;

import io.telemetryinject.cache.RawObjects;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects of any S3 server, with plain requests. */
record S3RawObjects(S3Client client, S3Location location) implements RawObjects {
  private String full(String key) {
    return location.prefix() + key;
  }

  @Override
  public boolean any() {
    return !keys().isEmpty();
  }

  @Override
  public List<String> keys() {
    return client
        .listObjectsV2Paginator(
            request -> request.bucket(location.bucket()).prefix(location.prefix()))
        .contents()
        .stream()
        .map(S3Object::key)
        .map(key -> key.substring(location.prefix().length()))
        .toList();
  }

  @Override
  public boolean has(String key) {
    return keys().contains(key);
  }

  @Override
  public byte[] get(String key) {
    return client
        .getObjectAsBytes(request -> request.bucket(location.bucket()).key(full(key)))
        .asByteArray();
  }

  @Override
  public void put(String key, byte[] bytes) {
    client.putObject(
        request -> request.bucket(location.bucket()).key(full(key)), RequestBody.fromBytes(bytes));
  }

  @Override
  public void delete(String key) {
    client.deleteObject(request -> request.bucket(location.bucket()).key(full(key)));
  }

  /** As consoles make them. */
  @Override
  public void directory(String key) {
    put(key + "/", new byte[0]);
  }

  @Override
  public void age(String key, Duration age) {
    Assumptions.abort("S3 does not let anybody say when an object was written");
  }
}

package io.telemetryinject.cache.s3;

import io.telemetryinject.cache.CacheError;
import io.telemetryinject.cache.CacheException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Opens clients; no request is made yet. */
final class S3Clients {
  /** What servers other than AWS's expect when nobody says otherwise. */
  private static final Region ANY = Region.US_EAST_1;

  private S3Clients() {}

  static S3Client open(S3Settings settings) throws CacheException {
    try {
      return builder(settings).build();
    } catch (SdkClientException e) {
      throw new CacheException(
          CacheError.ACCESS_DENIED,
          "cannot use " + settings.location() + ": " + S3Failures.words(e),
          "Name the bucket's region with --s3-region, or set AWS_REGION.",
          e);
    }
  }

  static S3ClientBuilder builder(S3Settings settings) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(settings.attemptTimeout())
                    .socketTimeout(settings.attemptTimeout()))
            .forcePathStyle(settings.endpoint() != null)
            // In one piece: everything is at hand, and radosgw refuses an empty object in chunks.
            .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
            // Patience repeats requests: it must know which attempt a refused creation was.
            .overrideConfiguration(
                override ->
                    override
                        .retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .apiCallTimeout(settings.attemptTimeout()))
            // Not every server knows the newer checksums; the cache has its own.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    if (settings.region() != null) {
      builder.region(Region.of(settings.region()));
    } else if (settings.endpoint() != null) {
      builder.region(ANY);
    }
    S3Settings.Credentials own = settings.credentials();
    if (own != null) {
      builder.credentialsProvider(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(own.accessKey(), own.secretKey())));
    }
    return builder;
  }
}

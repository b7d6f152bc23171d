package io.telemetryinject.llm;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/** Where a model is served, and the key it takes. */
record Endpoint(ModelName name, String baseUrl, Optional<ApiKey> key) {
  /**
   * @throws ModelSettingsException when the address is none, or a provider's own server is to be
   *     asked without a key
   */
  static Endpoint of(ModelSettings settings, Map<String, String> environment) {
    ModelName name = settings.name();
    ProviderDefaults defaults = ProviderDefaults.of(name.provider());
    String url = complete(name, settings.baseUrl());
    Optional<ApiKey> key = ApiKey.find(defaults.keyVariable(), environment);
    if (key.isEmpty() && name.provider() != Provider.OLLAMA && url.equals(defaults.baseUrl())) {
      throw new ModelSettingsException(
          "There is no key for %s at %s; set %s, or %s_FILE to a file that holds it"
              .formatted(name.word(), url, defaults.keyVariable(), defaults.keyVariable()));
    }
    return new Endpoint(name, url, key);
  }

  String keyVariable() {
    return ProviderDefaults.of(name.provider()).keyVariable();
  }

  boolean ownServer() {
    return baseUrl.equals(ProviderDefaults.of(name.provider()).baseUrl());
  }

  String withoutKey(String text) {
    return key.map(it -> it.struckFrom(text)).orElse(text);
  }

  private static String complete(ModelName name, String given) {
    String url = given.strip().replaceFirst("/+$", "");
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw noAddress(name, "no URL");
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw noAddress(name, "no http or https URL with a host");
    }
    if (uri.getUserInfo() != null || uri.getQuery() != null) {
      throw noAddress(name, "a URL with a user or a query, where keys may not be");
    }
    boolean bare = uri.getPath() == null || uri.getPath().isEmpty();
    return bare && name.provider() != Provider.OLLAMA ? url + "/v1" : url;
  }

  /** Does not repeat the address, which may hold a password. */
  private static ModelSettingsException noAddress(ModelName name, String what) {
    return new ModelSettingsException(
        "The base URL for %s is %s; give one like %s"
            .formatted(name.word(), what, ProviderDefaults.of(name.provider()).baseUrl()));
  }
}

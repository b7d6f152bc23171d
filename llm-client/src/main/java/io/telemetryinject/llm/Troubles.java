package io.telemetryinject.llm;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says once, at the edge, what a call without an answer means: pass, slow down, or change
 * something.
 */
record Troubles(Endpoint endpoint, ModelSettings settings, Costs costs) {
  private static final Pattern FILTER =
      Pattern.compile("content[_ ]filter|content management policy|content filtering policy");

  Attempt of(Exchange exchange, Prompt prompt) {
    return switch (exchange.trouble()) {
      case UNREACHABLE ->
          failed(
              costs.uncharged(),
              "nothing answers at " + endpoint.baseUrl() + "; is the server running?");
      case TIMEOUT ->
          failed(
              costs.worst(prompt),
              "no whole answer came from %s within %d s"
                  .formatted(endpoint.baseUrl(), settings.callTimeout().toSeconds()));
      case CUT, INTERRUPTED ->
          failed(costs.worst(prompt), "the connection to " + endpoint.baseUrl() + " broke");
      case NONE -> ofStatus(exchange, prompt);
    };
  }

  private Attempt ofStatus(Exchange exchange, Prompt prompt) {
    int status = exchange.status();
    String words = ProviderWords.of(endpoint.withoutKey(exchange.body()));
    Optional<Duration> retryAfter = RetryAfter.of(exchange.headers());
    if (status / 100 == 2) {
      return exchange.body().contains("\"overloaded_error\"")
          ? new Attempt.Throttled(retryAfter, costs.worst(prompt), said(status, words))
          : failed(costs.worst(prompt), "an answer came that cannot be read");
    }
    if (status == 429 && exchange.body().contains("insufficient_quota")) {
      return denied(said(status, words) + "; the account has no credit left");
    }
    if (status == 429 || status == 529 || (status == 503 && retryAfter.isPresent())) {
      return new Attempt.Throttled(retryAfter, costs.uncharged(), said(status, words));
    }
    if (status >= 500 || status == 408 || status == 409 || status == 425) {
      return failed(costs.uncharged(), said(status, words));
    }
    if (status == 400 && FILTER.matcher(exchange.body()).find()) {
      return new Attempt.Answered(
          new Reply(
              Ending.FILTERED,
              "",
              costs.uncharged(),
              "the provider's content filter stopped the call"));
    }
    return denied(said(status, words) + "; " + remedy(status));
  }

  private String remedy(int status) {
    ModelName name = endpoint.name();
    String key = endpoint.keyVariable();
    return switch (status) {
      case 401, 403 ->
          endpoint.key().isPresent()
              ? "check that the key in " + key + " is valid there and may use " + name.model()
              : "set " + key + ", or " + key + "_FILE to a file that holds the key";
      case 404 ->
          name.provider() == Provider.OLLAMA
              ? "get the model with \"ollama pull " + name.model() + "\", or check the base URL"
              : "check the name of the model and the base URL";
      case 413 -> "the prompt is too long for this server";
      default ->
          status / 100 == 3
              ? "the base URL redirects, which is not followed; use the address it leads to"
              : "check that " + name.model() + " at this base URL takes such requests";
    };
  }

  private String said(int status, String words) {
    String safe = endpoint.withoutKey(words);
    return "%s at %s answered %d%s"
        .formatted(
            endpoint.name().word(),
            endpoint.baseUrl(),
            status,
            safe.isEmpty() ? "" : " (" + safe + ")");
  }

  private Attempt denied(String detail) {
    return new Attempt.Answered(new Reply(Ending.DENIED, "", costs.uncharged(), detail));
  }

  private static Attempt failed(Usage usage, String detail) {
    return new Attempt.Failed(usage, detail);
  }
}

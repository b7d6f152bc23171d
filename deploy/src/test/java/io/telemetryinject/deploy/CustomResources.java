package io.telemetryinject.deploy;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What operators bring along: KEDA and Prometheus; {@code custom-resources.yaml} describes it. */
final class CustomResources {
  private static final JsonNode SCHEMAS = read("custom-resources.yaml");

  private CustomResources() {}

  static boolean know(Manifest manifest) {
    return SCHEMAS.has(manifest.api());
  }

  static List<String> problems(Manifest manifest) {
    return problems(SCHEMAS.get(manifest.api()), manifest.toString(), manifest.body());
  }

  static List<String> problems(JsonNode schema, String place, JsonNode value) {
    Schema rules =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(schema);
    return rules.validate(value).stream().map(error -> place + ": " + error).toList();
  }

  static JsonNode read(String resource) {
    try (InputStream in = CustomResources.class.getResourceAsStream(resource)) {
      return Yaml.document(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

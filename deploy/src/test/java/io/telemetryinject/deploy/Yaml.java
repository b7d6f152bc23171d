package io.telemetryinject.deploy;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** YAML as a tree; a key that is there twice is an error. */
final class Yaml {
  static final JsonMapper JSON = new JsonMapper();

  private Yaml() {}

  static List<JsonNode> documents(String text) {
    List<JsonNode> documents = new ArrayList<>();
    for (Object document : parser().loadAll(text)) {
      if (document != null) {
        documents.add(JSON.valueToTree(document));
      }
    }
    return documents;
  }

  static JsonNode document(String text) {
    return JSON.valueToTree(parser().load(text));
  }

  /** As Helm lays one values file over another: objects are merged, everything else replaced. */
  static JsonNode merged(JsonNode below, JsonNode above) {
    if (!(below instanceof ObjectNode) || !(above instanceof ObjectNode)) {
      return above;
    }
    ObjectNode result = ((ObjectNode) below).deepCopy();
    for (var entry : above.properties()) {
      JsonNode old = result.get(entry.getKey());
      result.set(entry.getKey(), old == null ? entry.getValue() : merged(old, entry.getValue()));
    }
    return result;
  }

  private static org.yaml.snakeyaml.Yaml parser() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new org.yaml.snakeyaml.Yaml(new SafeConstructor(options));
  }
}

package io.telemetryinject.cache;

import static io.telemetryinject.cache.CacheFixture.key;
import static io.telemetryinject.cache.CacheFixture.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.Sha256;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class StoredEntryTest {
  private final StoredEntry entry =
      StoredEntry.unsigned(script(key("shape"), "text"), 3, "key@host").withSignature("c2ln");

  @Test
  void survivesItsOwnJson() {
    assertThat(CacheJson.read(CacheJson.write(entry), StoredEntry.class)).contains(entry);
  }

  @Test
  void signsEveryFieldButTheSignature() {
    ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(CacheJson.write(entry));
    Set<String> statements = new HashSet<>();
    statements.add(hex(entry));
    int changes = 0;
    for (String field : json.propertyNames()) {
      if (!List.of("signature", "key", "made_for", "test_results").contains(field)) {
        statements.add(hex(with(json, field)));
        changes++;
      }
    }
    for (String field : List.of("passed", "failed", "duration_ms")) {
      ObjectNode copy = json.deepCopy();
      ((ObjectNode) copy.get("test_results")).put(field, 77);
      statements.add(hex(parse(copy)));
      changes++;
    }
    for (String field : List.of("subject", "policy", "lessons", "kind", "contract")) {
      ObjectNode copy = json.deepCopy();
      ObjectNode parts = (ObjectNode) copy.get("made_for");
      switch (field) {
        case "kind" -> parts.put(field, "SIGNATURE");
        case "contract" -> parts.put(field, 77);
        default -> parts.put(field, "0".repeat(64));
      }
      statements.add(hex(parse(copy)));
      changes++;
    }
    for (ScriptKey key :
        List.of(
            key("shapes", entry.key().digest()),
            key("shape", "0".repeat(64)),
            new ScriptKey(Language.PYTHON, KeyKind.SIGNATURE, "shape", entry.key().digest()))) {
      statements.add(hex(StoredEntry.unsigned(script(key, "text"), 3, "key@host")));
      changes++;
    }
    assertThat(changes).isEqualTo(23);
    assertThat(statements).hasSize(24);
  }

  @Test
  void keepsNeighbouringFieldsApart() {
    assertThat(new Statement("p").add("ab").add("c").bytes())
        .isNotEqualTo(new Statement("p").add("a").add("bc").bytes());
  }

  private static StoredEntry with(ObjectNode json, String field) {
    ObjectNode copy = json.deepCopy();
    JsonNode value = json.get(field);
    if (value.isNumber()) {
      copy.put(field, value.asInt() + 1);
    } else if (value.isArray()) {
      copy.putArray(field).add("other.md");
    } else {
      copy.put(field, field.equals("created_at") ? "2026-11-20T10:30:45.123457Z" : "other");
    }
    return parse(copy);
  }

  private static StoredEntry parse(JsonNode json) {
    return JsonMapper.shared().treeToValue(json, StoredEntry.class);
  }

  private static String hex(StoredEntry entry) {
    return Sha256.of(entry.statement());
  }
}

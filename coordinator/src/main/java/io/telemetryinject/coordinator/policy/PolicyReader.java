package io.telemetryinject.coordinator.policy;

import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.tree.PathFilter;
import io.telemetryinject.model.ExceptionPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a policy file strictly: a field that is not known, or not of its type, is the user's to
 * mend. Looks at YAML's nodes only, so that no document makes an object.
 */
final class PolicyReader {
  private static final int MAX_BYTES = 64 << 10;
  private static final int MAX_GLOBS = 1000;
  private static final int MAX_INTENT = 2000;
  private static final int MAX_QUOTED = 60;
  private static final String FIELDS = "include, exclude, min-lines, kinds, exceptions, intent";

  private final Path file;
  private List<String> includes = List.of();
  private List<String> excludes = List.of();
  private int minLines;
  private Set<Selection.Kind> kinds = EnumSet.allOf(Selection.Kind.class);
  private @Nullable ExceptionPolicy exceptions;
  private String intent = "";

  private PolicyReader(Path file) {
    this.file = file;
  }

  static PolicyFile read(Path file) throws InputProblem, IOException {
    PolicyReader reader = new PolicyReader(file);
    reader.fields(reader.document());
    return new PolicyFile(
        reader.includes,
        reader.excludes,
        new Selection(reader.minLines, reader.kinds),
        reader.exceptions,
        reader.intent);
  }

  private @Nullable Node document() throws InputProblem, IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new InputProblem(
          "the policy " + file + " is larger than " + MAX_BYTES + " bytes", "Shorten it.");
    }
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setMaxAliasesForCollections(0);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
    } catch (CharacterCodingException e) {
      throw new InputProblem("the policy " + file + " is not UTF-8", "Save it in UTF-8.");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw problem(line, "not YAML: " + quoted(String.valueOf(e.getProblem())), "Mend the line.");
    } catch (YAMLException e) {
      throw new InputProblem(
          "the policy " + file + " is not YAML: " + quoted(String.valueOf(e.getMessage())),
          "Mend it, or leave it away.");
    }
  }

  private void fields(@Nullable Node document) throws InputProblem {
    if (document == null || document.getTag().equals(Tag.NULL)) {
      return;
    }
    if (!(document instanceof MappingNode mapping)) {
      throw problem(document, "not a list of fields", "Write 'field: value'; known: " + FIELDS);
    }
    Set<String> seen = new HashSet<>();
    for (NodeTuple field : mapping.getValue()) {
      String name = field.getKeyNode() instanceof ScalarNode key ? key.getValue() : "(not a name)";
      if (!seen.add(name)) {
        throw problem(field.getKeyNode(), quoted(name) + " is there twice", "Keep one of them.");
      }
      field(name, field.getKeyNode(), field.getValueNode());
    }
  }

  private void field(String name, Node key, Node value) throws InputProblem {
    switch (name) {
      case "include" -> includes = globs(name, value);
      case "exclude" -> excludes = globs(name, value);
      case "min-lines" -> minLines = number(value);
      case "kinds" -> kinds = kinds(value);
      case "exceptions" -> exceptions = exceptions(value);
      case "intent" -> intent = intent(value);
      default ->
          throw problem(key, "the field " + quoted(name) + " is not known", "Known are " + FIELDS);
    }
  }

  private List<String> globs(String name, Node value) throws InputProblem {
    List<Node> items = items(name, value, "[\"src/**\"]");
    if (items.size() > MAX_GLOBS) {
      throw problem(value, name + " holds more than " + MAX_GLOBS + " globs", "Use fewer.");
    }
    String[] globs = new String[items.size()];
    for (int i = 0; i < globs.length; i++) {
      globs[i] = text(items.get(i), "a glob of " + name, "Write it in quotes.");
      try {
        new PathFilter(List.of(globs[i]), List.of());
      } catch (PatternSyntaxException e) {
        throw problem(
            items.get(i),
            "the glob " + quoted(globs[i]) + " is malformed: " + e.getDescription(),
            "Write it as shells do, e.g. 'shop/**' or 'test_*.py'.");
      }
    }
    return List.of(globs);
  }

  private int number(Node value) throws InputProblem {
    if (value instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.INT)
        && scalar.getValue().matches("0|[1-9][0-9]{0,5}")) {
      return Integer.parseInt(scalar.getValue());
    }
    throw problem(value, "min-lines is not a number of lines", "Write e.g. 'min-lines: 3'.");
  }

  private Set<Selection.Kind> kinds(Node value) throws InputProblem {
    String known =
        Arrays.stream(Selection.Kind.values())
            .map(Selection.Kind::word)
            .collect(Collectors.joining(", "));
    Set<Selection.Kind> chosen = EnumSet.noneOf(Selection.Kind.class);
    for (Node item : items("kinds", value, "[function, method]")) {
      String word = text(item, "a kind", "Known are " + known);
      Selection.Kind kind =
          Arrays.stream(Selection.Kind.values())
              .filter(k -> k.word().equals(word))
              .findFirst()
              .orElseThrow(
                  () ->
                      problem(
                          item, "the kind " + quoted(word) + " is not known", "Known: " + known));
      chosen.add(kind);
    }
    if (chosen.isEmpty()) {
      throw problem(value, "kinds is empty", "Name some of " + known + ", or leave it away.");
    }
    return chosen;
  }

  private ExceptionPolicy exceptions(Node value) throws InputProblem {
    String advice = "Write 'exceptions: capture' or 'exceptions: ignore'.";
    String word = text(value, "exceptions", advice);
    return Arrays.stream(ExceptionPolicy.values())
        .filter(policy -> policy.word().equals(word))
        .findFirst()
        .orElseThrow(() -> problem(value, "exceptions is neither capture nor ignore", advice));
  }

  private String intent(Node value) throws InputProblem {
    String words = text(value, "intent", "Write a sentence in quotes.").strip();
    if (words.length() > MAX_INTENT) {
      throw problem(
          value, "intent is longer than " + MAX_INTENT + " characters", "Say it shorter.");
    }
    return words;
  }

  private List<Node> items(String name, Node value, String example) throws InputProblem {
    if (value instanceof SequenceNode list && list.getTag().equals(Tag.SEQ)) {
      return list.getValue();
    }
    throw problem(value, name + " is not a list", "Write e.g. '" + name + ": " + example + "'.");
  }

  private String text(Node value, String what, String advice) throws InputProblem {
    if (value instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.STR)
        && (!scalar.getValue().isBlank() || what.equals("intent"))) {
      return scalar.getValue();
    }
    throw problem(value, what + " is not a text", advice);
  }

  private InputProblem problem(Node node, String what, String advice) {
    return problem(node.getStartMark().getLine() + 1, what, advice);
  }

  private InputProblem problem(int line, String what, String advice) {
    return new InputProblem("the policy " + file + ", line " + line + ": " + what, advice);
  }

  /** What others wrote, fit for a terminal. */
  private static String quoted(String text) {
    String plain = text.replaceAll("\\p{C}+", " ");
    return "'" + (plain.length() > MAX_QUOTED ? plain.substring(0, MAX_QUOTED) : plain) + "'";
  }
}

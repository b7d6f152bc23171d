package io.telemetryinject.coordinator.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.coordinator.service.RunSubmission;
import io.telemetryinject.model.RunStatus;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.yaml.snakeyaml.Yaml;

/** The description of the API and the API itself: neither has anything that the other lacks. */
@SuppressWarnings("unchecked")
class OpenApiTest {
  private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete");

  private Map<String, Object> document;

  @BeforeEach
  void read() throws IOException {
    try (InputStream in = OpenApiTest.class.getResourceAsStream("/page/openapi.yaml")) {
      document = new Yaml().load(in);
    }
  }

  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  /** {@code get /api/v1/runs} and its query parameters. */
  private static Map<String, Set<String>> operationsOf(Class<?>... controllers) {
    Map<String, Set<String>> operations = new TreeMap<>();
    for (Class<?> controller : controllers) {
      RequestMapping whole =
          AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
      String prefix = whole == null ? "" : whole.path()[0];
      for (Method method : controller.getDeclaredMethods()) {
        RequestMapping mapping =
            AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
        if (mapping != null) {
          String path = prefix + (mapping.path().length == 0 ? "" : mapping.path()[0]);
          for (RequestMethod verb : mapping.method()) {
            operations.put(verb.name().toLowerCase(Locale.ROOT) + " " + path, queryOf(method));
          }
        }
      }
    }
    operations.keySet().removeIf(operation -> !operation.contains(" /api/"));
    return operations;
  }

  private static Set<String> queryOf(Method method) {
    return Arrays.stream(method.getParameters())
        .filter(parameter -> parameter.isAnnotationPresent(RequestParam.class))
        .map(Parameter::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Map<String, Set<String>> describedOperations() {
    Map<String, Set<String>> operations = new TreeMap<>();
    map(document.get("paths"))
        .forEach(
            (path, item) ->
                map(item)
                    .forEach(
                        (verb, operation) -> {
                          if (VERBS.contains(verb)) {
                            operations.put(verb + " " + path, describedQuery(map(operation)));
                          }
                        }));
    return operations;
  }

  private static Set<String> describedQuery(Map<String, Object> operation) {
    List<Object> parameters = (List<Object>) operation.getOrDefault("parameters", List.of());
    return parameters.stream()
        .map(OpenApiTest::map)
        .filter(parameter -> "query".equals(parameter.get("in")))
        .map(parameter -> String.valueOf(parameter.get("name")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void describesEveryOperationAndNoOther() {
    assertThat(describedOperations()).isEqualTo(operationsOf(RunsApi.class, PageFiles.class));
  }

  @Test
  void describesEveryFieldAndNoOther() {
    Map<String, Set<String>> described = new TreeMap<>();
    map(map(document.get("components")).get("schemas"))
        .forEach(
            (name, schema) -> described.put(name, map(map(schema).get("properties")).keySet()));
    described.remove("Problem"); // as RFC 9457 has it

    Map<String, Set<String>> real = new TreeMap<>();
    List.of(
            RunSubmission.class,
            RunStatus.class,
            RunStatus.Outcomes.class,
            RunStatus.Failure.class,
            SeenRuns.SeenRun.class,
            RunsApi.RunList.class,
            RunFiles.FilePage.class,
            RunFiles.FileSummary.class,
            RunFiles.FileDiff.class,
            RunFiles.Segment.class,
            Problem.FieldError.class)
        .forEach(type -> real.put(type.getSimpleName(), fieldsOf(type)));
    assertThat(described).isEqualTo(real);
  }

  private static Set<String> fieldsOf(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.toSet());
  }

  @Test
  void namesTheStatesThatThereAre() {
    Map<String, Object> status =
        map(map(map(document.get("components")).get("schemas")).get("RunStatus"));
    List<String> states =
        (List<String>) map(map(status.get("properties")).get("state")).get("enum");

    assertThat(states)
        .containsExactlyElementsOf(
            Arrays.stream(RunStatus.State.values()).map(Enum::name).toList());
  }

  @Test
  void usesEverySchemaAndNoOther() {
    Set<String> used = new TreeSet<>();
    collect(document, used);

    assertThat(used)
        .containsExactlyInAnyOrderElementsOf(
            map(map(document.get("components")).get("schemas")).keySet());
  }

  private static void collect(Object value, Set<String> used) {
    if (value instanceof Map<?, ?> node) {
      if (node.get("$ref") instanceof String reference) {
        used.add(reference.substring(reference.lastIndexOf('/') + 1));
      }
      node.values().forEach(child -> collect(child, used));
    } else if (value instanceof List<?> list) {
      list.forEach(child -> collect(child, used));
    }
  }
}

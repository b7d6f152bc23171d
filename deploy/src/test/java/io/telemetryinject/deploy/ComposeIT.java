package io.telemetryinject.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The compose file, held against the specification, the applications and the files around it. */
class ComposeIT {
  private static final Path DIRECTORY = Path.of("compose");
  private static final Pattern PATH = Pattern.compile("=(/[a-z][\\w./-]*)");
  private static final Pattern PORT = Pattern.compile("(?s).*\nserver:\\s+port: (\\d+).*");
  private static final Set<String> ROLES =
      Set.of("analyzer", "generator", "executor", "coordinator");

  private ObjectNode file;

  @BeforeEach
  void read() throws IOException {
    file = (ObjectNode) Yaml.document(Files.readString(DIRECTORY.resolve("compose.yaml")));
  }

  @Test
  void followsTheSpecification() {
    assertThat(problems(file)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"image, imgae", "cap_drop, capdrop", "stop_grace_period, grace"})
  void followsItOnlySoFarAsItIsTrue(String key, String wrong) {
    ObjectNode service = (ObjectNode) file.at("/services/analyzer");
    service.set(wrong, service.remove(key));

    assertThat(problems(file)).isNotEmpty();
  }

  /** The project's name came to the specification after this edition of its schema. */
  private static List<String> problems(ObjectNode compose) {
    JsonNode unnamed = compose.deepCopy().without("name");
    return CustomResources.problems(CustomResources.read("compose-spec.json"), "compose", unnamed);
  }

  @Test
  void givesApplicationsSettingsThatTheyHave() throws IOException {
    for (String role : ROLES) {
      JsonNode service = service(role);
      assertThat(Applications.unknownArguments(role, service.path("command"))).isEmpty();
    }
  }

  @Test
  void mountsEveryPlaceThatItSpeaksOf() {
    for (String role : ROLES) {
      Set<String> mounts = new HashSet<>();
      service(role).path("volumes").forEach(v -> mounts.add(v.asString().split(":")[1]));
      for (JsonNode argument : service(role).path("command")) {
        PATH.matcher(argument.asString())
            .results()
            .map(match -> match.group(1))
            .forEach(
                path ->
                    assertThat(mounts).as(path).anyMatch(m -> (path + "/").startsWith(m + "/")));
      }
    }
  }

  @Test
  void locksApplicationsUp() {
    for (String role : ROLES) {
      JsonNode service = service(role);
      assertThat(service.path("user").asString("")).isEqualTo("10001:10001");
      assertThat(service.path("read_only").asBoolean(false)).isTrue();
      assertThat(service.path("cap_drop").toString()).isEqualTo("[\"ALL\"]");
      assertThat(service.path("security_opt").toString()).contains("no-new-privileges:true");
    }
  }

  @Test
  void letsTheGeneratorAloneHaveThePrivateKey() {
    for (var service : file.path("services").properties()) {
      boolean has = service.getValue().path("volumes").toString().contains("\"private:");
      assertThat(has)
          .as(service.getKey())
          .isEqualTo(Set.of("generator", "setup").contains(service.getKey()));
    }
  }

  @Test
  void mountsWhatIsThere() {
    Set<String> declared = new TreeSet<>();
    file.path("volumes").properties().forEach(volume -> declared.add(volume.getKey()));
    Set<String> used = new TreeSet<>();
    for (JsonNode service : file.path("services")) {
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asString().split(":")[0];
        if (source.startsWith(".")) {
          assertThat(DIRECTORY.resolve(source)).exists();
        } else {
          used.add(source);
        }
      }
    }
    assertThat(used).isEqualTo(declared);
  }

  @Test
  void opensPortsToThisMachineOnlyAndNamesVersions() throws IOException {
    String version = Files.readString(Path.of("pom.xml")).split("<version>")[1].split("<")[0];
    for (JsonNode service : file.path("services")) {
      service.path("ports").forEach(p -> assertThat(p.asString()).startsWith("127.0.0.1:"));
      assertThat(service.path("image").asString(""))
          .matches("[a-z/-]+:v?\\d[\\d.]+|telemetry-inject/[a-z]+:\\$\\{TAG:-" + version + "}");
    }
    assertThat(Files.readString(Chart.SOURCE.resolve("Chart.yaml")))
        .contains("appVersion: " + version + "\n");
  }

  @Test
  void measuresEveryApplicationWhereItListens() throws IOException {
    String prometheus = Files.readString(DIRECTORY.resolve("prometheus.yaml"));
    for (String role : ROLES) {
      String module = role.equals("coordinator") ? role : role + "-worker";
      Path settings = Path.of("..", module, "src/main/resources/application.yml");
      var port = PORT.matcher(Files.readString(settings));
      assertThat(port.matches()).as(settings.toString()).isTrue();
      assertThat(prometheus).contains("targets: [\"" + role + ":" + port.group(1) + "\"]");
    }
    for (Path yaml : files()) {
      assertThat(Yaml.document(Files.readString(yaml)).isObject()).as(yaml.toString()).isTrue();
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      return files.filter(path -> path.toString().endsWith(".yaml")).toList();
    }
  }

  private JsonNode service(String role) {
    return file.at("/services/" + role);
  }
}

package io.telemetryinject.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What the Dockerfile says, followed step by step where there is no engine that would. */
record Recipe(String text) {
  private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(\\S+)");

  static Recipe read(Path file) throws IOException {
    return new Recipe(Files.readString(file).replace("\\\n", ""));
  }

  /** The only instruction that begins so, without that beginning. */
  String only(String start) {
    List<String> found = text.lines().filter(line -> line.startsWith(start)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(start + " is there " + found.size() + " times");
    }
    return found.get(0).substring(start.length()).strip();
  }

  /** The command that an image starts. */
  List<String> entryPoint() {
    JsonNode words = Yaml.JSON.readTree(only("ENTRYPOINT"));
    return words.valueStream().map(JsonNode::asString).toList();
  }

  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    Matcher variables = VARIABLE.matcher(only("ENV"));
    while (variables.find()) {
      environment.put(variables.group(1), variables.group(2));
    }
    return environment;
  }

  /** Does in {@code directory}, which holds app.jar, what makes /layers and then /app. */
  Path follow(Path directory) throws IOException, InterruptedException {
    Path app = Files.createDirectory(directory.resolve("app"));
    run(directory, only("RUN java -Djarmode=tools").replaceFirst("^", "java -Djarmode=tools "));
    for (String layer :
        text.lines().filter(line -> line.startsWith("COPY --from=layers /layers/")).toList()) {
      String source = layer.split(" ")[2].substring("/layers/".length());
      run(directory, "cp -a " + source + ". app/");
    }
    run(app, directory.resolve("archive-classes").toString());
    return app;
  }

  private static void run(Path directory, String command) throws IOException, InterruptedException {
    Path log = directory.resolveSibling(directory.getFileName() + ".log");
    int code =
        new ProcessBuilder("sh", "-ec", command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IllegalStateException(command + " ended with " + code + Files.readString(log));
    }
  }
}

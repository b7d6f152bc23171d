package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control of {@link PythonVerifierTest}: without the verifier, every attack bites. */
class AttackIT {

  @Test
  void everyAttackChangesWhatTheProgramDoesOrReports(@TempDir Path directory) throws Exception {
    List<String> files = new ArrayList<>();
    for (Attack attack : Attacks.all()) {
      int number = files.size() / 3;
      files.add(write(directory.resolve(number + "-original.py"), attack.target()));
      files.add(write(directory.resolve(number + "-canonical.py"), attack.canonical()));
      files.add(write(directory.resolve(number + "-attacked.py"), attack.applied()));
    }

    List<String> command = new ArrayList<>(List.of(Python.testFile("observe.py")));
    command.addAll(files);
    List<String> observed = Python.run(command).output().lines().toList();

    assertThat(observed).hasSameSizeAs(files);
    for (int i = 0; i < observed.size(); i += 3) {
      String attack = Attacks.all().get(i / 3).name();
      String canonical = observed.get(i + 1);
      assertThat(outcome(canonical)).as(attack).isEqualTo(outcome(observed.get(i)));
      assertThat(canonical).as(attack).contains("'entry', 'f'").contains("exit");
      assertThat(observed.get(i + 2)).as(attack).isNotEqualTo(canonical);
    }
  }

  private static String outcome(String line) {
    return line.substring(0, line.indexOf('\t'));
  }

  private static String write(Path file, String text) throws Exception {
    return Files.write(file, text.getBytes(UTF_8)).toString();
  }
}

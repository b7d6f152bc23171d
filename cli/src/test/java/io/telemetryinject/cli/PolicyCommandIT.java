package io.telemetryinject.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandIT {
  private static final String SHORT = "def short(x): return x\n";

  @RegisterExtension static final WarmCache WARM = new WarmCache();

  @TempDir private Path home;
  private Path input;
  private Path output;

  @BeforeEach
  void makeInput() throws IOException {
    WARM.copyTo(home);
    input = Files.createDirectories(home.resolve("tree"));
    output = home.resolve("tree-instrumented");
    Files.writeString(input.resolve("app.py"), WarmCache.SOURCE);
    Files.writeString(input.resolve("short.py"), SHORT);
  }

  @Test
  void instrumentsWhatTheTreesOwnPolicyAsksFor() throws IOException {
    policy(input.resolve("telemetry.yaml"), "min-lines: 2\nexceptions: ignore\n");

    Command command = run();

    assertThat(command.err()).doesNotContain("policy");
    assertThat(command.exitCode()).isZero();
    assertThat(command.out()).contains("2 applied, 0 unchanged, 1 skipped");
    assertThat(output.resolve("short.py")).hasContent(SHORT);
    assertThat(output.resolve("app.py")).content().contains("func_entry").doesNotContain("try:");
    assertThat(output.resolve("telemetry.yaml")).exists();
    Map<String, String> first = TestTree.contents(output);
    assertThat(run().out()).contains("done by an earlier run");
    TestTree.assertSame(TestTree.contents(output), first);
  }

  @Test
  void instrumentsOnlyWhatIsIncludedAndNotExcluded() throws IOException {
    Files.createDirectories(input.resolve("tests"));
    Files.writeString(input.resolve("tests/test_app.py"), WarmCache.SOURCE);
    Files.writeString(input.resolve("tool.py"), WarmCache.SOURCE);

    Command command = run("--include", "app.py", "--include", "tests/**", "--exclude", "test_*.py");

    assertThat(command.exitCode()).isZero();
    assertThat(Files.readString(output.resolve("app.py"))).contains("_tel.func_entry");
    assertThat(Files.readString(output.resolve("tool.py"))).isEqualTo(WarmCache.SOURCE);
    assertThat(Files.readString(output.resolve("tests/test_app.py"))).isEqualTo(WarmCache.SOURCE);
  }

  @Test
  void leavesExceptionsAloneWhenToldTo() throws IOException {
    Command command = run("--exceptions", "ignore");

    assertThat(command.exitCode()).isZero();
    assertThat(Files.readString(output.resolve("app.py")))
        .contains("_tel.func_exit")
        .doesNotContain("except");
  }

  @Test
  void reportsWhatThePolicyLeavesOut() throws IOException {
    policy(input.resolve("telemetry.yaml"), "kinds: [method]\n");
    Path report = home.resolve("report.json");

    Command command = run("--report", report.toString());

    assertThat(command.exitCode()).isZero();
    assertThat(command.out()).contains("0 applied, 0 unchanged, 3 skipped");
    assertThat(report).content().contains("\"POLICY\"");
  }

  @Test
  void letsTheCommandLineDecideWhereBothSpeakAndAddsGlobs() throws IOException {
    Path named = policy(home.resolve("p.yaml"), "exceptions: ignore\nexclude: ['short.py']\n");
    policy(input.resolve("telemetry.yaml"), "min-lines: 1000\n");
    Files.writeString(input.resolve("third.py"), SHORT);

    Command command =
        run("--policy", named.toString(), "--exceptions", "capture", "--exclude", "third.py");

    assertThat(command.exitCode()).isZero();
    assertThat(command.out()).contains("2 applied, 0 unchanged, 0 skipped");
    assertThat(output.resolve("app.py")).content().contains("try:");
    assertThat(output.resolve("short.py")).hasContent(SHORT);
    assertThat(output.resolve("third.py")).hasContent(SHORT);
  }

  @Test
  void runsTemplatesWhateverTheIntent() throws IOException {
    policy(input.resolve("telemetry.yaml"), "intent: record what is added\ninclude: [app.py]\n");

    Command command = run();

    assertThat(command.exitCode()).isZero();
    assertThat(command.out()).contains("2 applied").contains("cache hits  0 of 2");
    assertThat(output.resolve("app.py")).content().doesNotContain("_tel.attr");
  }

  @Test
  void endsWithTwoOnABadPolicyAndWritesNothing() throws IOException {
    Path own = policy(input.resolve("telemetry.yaml"), "min-lines: 3\nkinds: [lambda]\n");
    Command command = run();
    assertThat(command.exitCode()).isEqualTo(2);
    assertThat(command.err())
        .contains("the policy " + own + ", line 2: the kind 'lambda' is not known")
        .contains("Known: function, method, coroutine, generator")
        .doesNotContain("Exception");
    assertThat(output).doesNotExist();

    Command missing = run("--policy", home.resolve("gone.yaml").toString());
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("gone.yaml is not a file").contains("--policy");
    assertThat(output).doesNotExist();
  }

  private static Path policy(Path file, String text) throws IOException {
    return Files.writeString(file, text);
  }

  private Command run(String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "--input";
    arguments[1] = input.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Command.run(home, arguments);
  }
}

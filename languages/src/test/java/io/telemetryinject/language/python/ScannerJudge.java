package io.telemetryinject.language.python;

import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.SourceScan;
import io.telemetryinject.language.SourceText;
import io.telemetryinject.model.FunctionTask;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Has CPython judge the scanner, function by function; and the scanner itself, whether a function
 * alone reads as it does in its file.
 */
final class ScannerJudge {
  private final PythonScanner scanner = new PythonScanner(CompiledDecorators.DEFAULT);
  private final String python;
  private final Path script;
  private final UnaryOperator<String> statement;
  private int alone;
  private final List<String> differences = new ArrayList<>();

  ScannerJudge(String python, Path script) {
    this(python, script, facts -> facts);
  }

  /** With facts that are changed on their way, to see whether it is noticed. */
  ScannerJudge(String python, Path script, UnaryOperator<String> statement) {
    this.python = python;
    this.script = script;
    this.statement = statement;
  }

  /** Compares a tree: {@code ScannerJudge SCRIPT DIR}; prints what differs. */
  public static void main(String[] arguments) throws Exception {
    String python = System.getProperty("telemetry.inject.python", "python3");
    ScannerJudge judge = new ScannerJudge(python, Path.of(arguments[0]));
    int exit = judge.judge(pythonFiles(Path.of(arguments[1])), ProcessBuilder.Redirect.INHERIT);
    judge.differences.forEach(System.out::println);
    System.out.println(
        "alone: functions=" + judge.alone + " differences=" + judge.differences.size());
    System.exit(judge.differences.isEmpty() ? exit : 1);
  }

  static List<Path> pythonFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".py"))
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }

  /** What the function-alone check found. */
  List<String> differences() {
    return differences;
  }

  /** Returns the judge's exit code: 0 when CPython agrees in everything. */
  int judge(List<Path> files, ProcessBuilder.Redirect output)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(python, "-B", script.toString())
            .redirectOutput(output)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (Writer facts = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)) {
      for (Path file : files) {
        facts.write("F\t" + file + "\n" + statement.apply(facts(file)));
      }
    }
    return process.waitFor();
  }

  private String facts(Path file) throws IOException {
    try {
      SourceText text = PythonSourceDecoder.decode(Files.readAllBytes(file));
      SourceScan scan = scanner.scan(text.utf8());
      for (ScannedFunction function : scan.functions()) {
        checkAlone(file, text, function);
      }
      return ScanFacts.of(scan);
    } catch (SourceRejectedException e) {
      return "R\t" + e.reason() + " " + e.detail() + "\n";
    }
  }

  private void checkAlone(Path file, SourceText text, ScannedFunction inFile)
      throws SourceRejectedException {
    String code = text.slice(inFile.start(), inFile.end());
    FunctionTask task =
        new FunctionTask(
            inFile.start(), inFile.line(), inFile.qualifiedName(), inFile.classContext(), code);
    alone++;
    ScannedFunction itself = scanner.scanFunction(task, code.getBytes(StandardCharsets.UTF_8));
    if (!withoutSurroundings(itself, inFile)
        .equals(withoutSurroundings(inFile.relative(), inFile))) {
      differences.add(
          file + ":" + inFile.line() + ": alone " + itself + "\n  in file " + inFile.relative());
    }
  }

  /** The rest: what surrounds a function, and rules that its file decides. */
  private static ScannedFunction withoutSurroundings(
      ScannedFunction function, ScannedFunction inFile) {
    boolean fileDecides = inFile.skip() != null && function.skip() == null;
    return new ScannedFunction(
        function.name(),
        function.qualifiedName(),
        function.classContext(),
        -1,
        function.kind(),
        function.start(),
        function.end(),
        function.line(),
        function.parameters(),
        function.returnType(),
        function.decorators(),
        function.body(),
        function.instrumentation(),
        fileDecides ? inFile.skip() : function.skip());
  }
}

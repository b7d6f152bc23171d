package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.language.InsertionVerifier;
import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.ScriptTemplates;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.SourceScan;
import io.telemetryinject.language.SourceText;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Python 3.9 and later. */
public final class PythonPack implements LanguagePack {
  private static final String RUNTIME_FILE = "_telemetry_utils.py";

  /** A line near the top of every version of our runtime file. */
  private static final String RUNTIME_MARK = "telemetry-inject runtime";

  private static final String NO_RUN_ID = "RUN_ID = \"\"\n";

  private static final int MARK_WITHIN = 1024;

  private final PythonScanner scanner = new PythonScanner(CompiledDecorators.DEFAULT);
  private final PythonVerifier verifier = new PythonVerifier();
  private final PythonComposer composer = new PythonComposer();
  private final PythonTemplates templates = new PythonTemplates();
  private final byte[] runtime = Resources.bytes(RUNTIME_FILE);

  @Override
  public Language language() {
    return Language.PYTHON;
  }

  @Override
  public boolean owns(String fileName) {
    return fileName.endsWith(".py") && !fileName.equals(RUNTIME_FILE);
  }

  @Override
  public SourceText decode(byte[] bytes) throws SourceRejectedException {
    return PythonSourceDecoder.decode(bytes);
  }

  @Override
  public SourceScan scan(byte[] utf8) throws SourceRejectedException {
    return scanner.scan(utf8);
  }

  @Override
  public ScannedFunction scanFunction(FunctionTask task, byte[] utf8)
      throws SourceRejectedException {
    return scanner.scanFunction(task, utf8);
  }

  @Override
  public FunctionMetadata describe(FunctionTask task, ScannedFunction function, RunPolicy policy) {
    return PythonDescription.describe(task, function, exceptionsFor(function, policy));
  }

  @Override
  public InsertionVerifier verifier() {
    return verifier;
  }

  @Override
  public List<Insertion> compose(
      byte[] utf8, SourceScan scan, Map<Integer, List<Insertion>> accepted) {
    return composer.compose(utf8, scan, accepted);
  }

  @Override
  public String runtimeFileName() {
    return RUNTIME_FILE;
  }

  @Override
  public byte[] runtimeFile() {
    return runtime.clone();
  }

  @Override
  public byte[] runtimeFile(RunId run) {
    String text = new String(runtime, UTF_8);
    return text.replace(NO_RUN_ID, "RUN_ID = \"" + run.digest() + "\"\n").getBytes(UTF_8);
  }

  @Override
  public String scriptTableFileName() {
    return "_telemetry_scripts.tsv";
  }

  @Override
  public String scriptTableLine(Path module, String qualifiedName, String script) {
    return ModuleName.of(module) + ":" + qualifiedName + "\t" + script + "\n";
  }

  @Override
  public boolean isRuntimeFile(byte[] bytes) {
    int length = Math.min(bytes.length, MARK_WITHIN);
    return new String(bytes, 0, length, ISO_8859_1).contains(RUNTIME_MARK);
  }

  @Override
  public boolean isProgram(String fileName, byte[] bytes) {
    return new String(bytes, ISO_8859_1).contains("__main__")
        || fileName.equals("__main__.py")
        || (bytes.length > 2 && bytes[0] == '#' && bytes[1] == '!');
  }

  @Override
  public Set<Path> runtimeDirectories(Collection<Path> modules, Collection<Path> programs) {
    return ImportRoots.of(modules, programs);
  }

  @Override
  public ScriptTemplates templates() {
    return templates;
  }
}

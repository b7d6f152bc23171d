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
import io.telemetryinject.language.Telemetry;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Python 3.9 and later. */
public final class PythonPack implements LanguagePack {
  private static final int MAX_SKELETON = 6000;

  private final PythonScanner scanner = new PythonScanner(CompiledDecorators.DEFAULT);
  private final PythonVerifier verifier = new PythonVerifier();
  private final PythonComposer composer = new PythonComposer();
  private final PythonTemplates templates = new PythonTemplates();

  @Override
  public Language language() {
    return Language.PYTHON;
  }

  @Override
  public boolean owns(String fileName) {
    return fileName.endsWith(".py") && !fileName.equals(PythonRuntime.FILE_NAME);
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
  public String skeleton(FunctionMetadata function) {
    try {
      return Skeleton.of(function.task().code().getBytes(UTF_8), MAX_SKELETON);
    } catch (SourceRejectedException e) {
      return "";
    }
  }

  @Override
  public String skeletonName(String qualifiedName) {
    return NeutralNames.ofQualified(qualifiedName);
  }

  @Override
  public boolean mayRecord(String script) {
    return script.contains("_tel.attr");
  }

  @Override
  public InsertionVerifier verifier() {
    return verifier;
  }

  @Override
  public Optional<List<Insertion>> insertionsIn(
      ScannedFunction function, byte[] code, Telemetry telemetry, byte[] instrumented) {
    return new InstrumentedReader(function, code, new PythonForms(function, telemetry))
        .read(instrumented);
  }

  @Override
  public List<Insertion> compose(
      byte[] utf8, SourceScan scan, Map<Integer, List<Insertion>> accepted) {
    return composer.compose(utf8, scan, accepted);
  }

  @Override
  public String runtimeFileName() {
    return PythonRuntime.FILE_NAME;
  }

  @Override
  public byte[] runtimeFile() {
    return PythonRuntime.bytes();
  }

  @Override
  public byte[] runtimeFile(RunId run) {
    return PythonRuntime.bytes(run);
  }

  @Override
  public String scriptTableFileName() {
    return "_telemetry_scripts.tsv";
  }

  @Override
  public String scriptTableModule(Path file) {
    return ModuleName.of(file);
  }

  @Override
  public String scriptTableLine(String module, String qualifiedName, String script) {
    return module + ":" + qualifiedName + "\t" + script + "\n";
  }

  @Override
  public String runtimePackageName() {
    return RuntimeWheel.FILE_NAME;
  }

  @Override
  public byte[] runtimePackage(RunId run, byte[] scriptTable) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(runtimeFileName(), runtimeFile(run));
    files.put(scriptTableFileName(), scriptTable);
    return RuntimeWheel.of(files);
  }

  @Override
  public boolean isRuntimeFile(byte[] bytes) {
    return PythonRuntime.isOurs(bytes);
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

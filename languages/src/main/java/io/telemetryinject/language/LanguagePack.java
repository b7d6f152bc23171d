package io.telemetryinject.language;

import io.telemetryinject.model.ExceptionPolicy;
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
import java.util.Optional;
import java.util.Set;

/** Everything the pipeline knows about one language; stateless and safe for use by many threads. */
public interface LanguagePack {

  Language language();

  /** Whether a file of this name (its last path element) is source of this language. */
  boolean owns(String fileName);

  /** Decodes a file as its language's own tools would. */
  SourceText decode(byte[] bytes) throws SourceRejectedException;

  /** Finds a file's functions. */
  SourceScan scan(byte[] utf8) throws SourceRejectedException;

  /**
   * Finds one function in its own text, as a task carries it; offsets count from its first byte.
   * The qualified name is taken from the task, since the text alone does not tell it.
   */
  ScannedFunction scanFunction(FunctionTask task, byte[] utf8) throws SourceRejectedException;

  /** Describes a task's function for look-up, generation and execution. */
  FunctionMetadata describe(FunctionTask task, ScannedFunction function, RunPolicy policy);

  /** The exception policy that holds for a function under a run's policy. */
  default ExceptionPolicy exceptionsFor(ScannedFunction function, RunPolicy policy) {
    return function.body().capturable() ? policy.exceptions() : ExceptionPolicy.IGNORE;
  }

  /**
   * What a function may carry under a run's policy: attributes only where a user asked for some.
   */
  default Telemetry telemetryFor(ScannedFunction function, RunPolicy policy) {
    return new Telemetry(exceptionsFor(function, policy), !policy.intent().isEmpty());
  }

  /**
   * A function's text as it may be shown to a language model: of the same shape, with the same
   * returns and line numbers, but without comments, the content of strings, or names that could
   * hold a sentence. ASCII, of at most 6,000 bytes; a longer one loses statements, then lines from
   * its middle. Empty when the text cannot be taken apart.
   */
  String skeleton(FunctionMetadata function);

  /** A qualified name as {@link #skeleton} shows names. */
  String skeletonName(String qualifiedName);

  /**
   * Whether a script may record parameters: written for one intent, it is of no use to a run that
   * has another or none, even where it fits the functions at hand.
   */
  boolean mayRecord(String script);

  InsertionVerifier verifier();

  /**
   * Reads a function's insertions off a text that somebody instrumented as a whole.
   *
   * @param code the function's text in UTF-8
   * @param instrumented untrusted; a line break more at its end does not matter
   * @return insertions that give the instrumented text, for the verifier to judge; empty when it is
   *     not the function with all of its telemetry and nothing else
   */
  Optional<List<Insertion>> insertionsIn(
      ScannedFunction function, byte[] code, Telemetry telemetry, byte[] instrumented);

  /**
   * Puts verified insertions of several functions, and the telemetry import, into one file.
   *
   * @param accepted by index in {@link SourceScan#functions()}; offsets count from the function's
   *     first byte
   * @return insertions into the file's UTF-8 form, ascending; equal offsets apply in list order;
   *     empty when {@code accepted} is
   */
  List<Insertion> compose(byte[] utf8, SourceScan scan, Map<Integer, List<Insertion>> accepted);

  /** Name of the runtime file that instrumented code imports. */
  String runtimeFileName();

  /** The runtime file's bytes, as it is shipped. */
  byte[] runtimeFile();

  /**
   * The runtime file's bytes for a run.
   *
   * @param run what its events name as their run
   */
  byte[] runtimeFile(RunId run);

  /**
   * Name of the table beside the runtime file that says which script instrumented which function.
   */
  String scriptTableFileName();

  /**
   * A module's name in that table.
   *
   * @param file relative to the table's directory
   */
  String scriptTableModule(Path file);

  /**
   * A line of that table, with its line break.
   *
   * @param module as {@link #scriptTableModule} names it
   * @param script base name of the script
   */
  String scriptTableLine(String module, String qualifiedName, String script);

  /** Name of the runtime's package, which builds that package their code can install. */
  String runtimePackageName();

  /**
   * The runtime's package for a run.
   *
   * @param scriptTable content of the table that it holds
   */
  byte[] runtimePackage(RunId run, byte[] scriptTable);

  /** Whether a file of the runtime's name is ours, of any version. */
  boolean isRuntimeFile(byte[] bytes);

  /** Whether a file looks like a program that can be started by its own path. */
  boolean isProgram(String fileName, byte[] bytes);

  /**
   * Directories that need the runtime file so that every module finds it however it is run.
   *
   * @param modules paths of the tree's source files, relative to its root
   * @param programs those of them that can be started by their own path
   * @return paths relative to the root; the root itself is the empty path
   */
  Set<Path> runtimeDirectories(Collection<Path> modules, Collection<Path> programs);

  /** What scripts and tests are made of where no model writes them, and the lessons they obey. */
  ScriptTemplates templates();
}

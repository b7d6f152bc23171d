package io.telemetryinject.coordinator;

import io.telemetryinject.coordinator.manifest.Manifest;
import io.telemetryinject.coordinator.manifest.ManifestHeader;
import io.telemetryinject.coordinator.manifest.RunBasis;
import io.telemetryinject.coordinator.output.DiffOutput;
import io.telemetryinject.coordinator.output.InPlaceOutput;
import io.telemetryinject.coordinator.output.PatchOutput;
import io.telemetryinject.coordinator.output.RunOutput;
import io.telemetryinject.coordinator.output.RuntimeFiles;
import io.telemetryinject.coordinator.output.TreeBasis;
import io.telemetryinject.coordinator.output.TreeOutput;
import io.telemetryinject.coordinator.output.WantedPaths;
import io.telemetryinject.coordinator.policy.Selection;
import io.telemetryinject.coordinator.split.FileSplitter;
import io.telemetryinject.coordinator.tree.PathFilter;
import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.coordinator.tree.SourceTree;
import io.telemetryinject.coordinator.tree.TreeEntry;
import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKeys;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;

/** A request that was checked: the input is listed and read, the run's identity is known. */
public final class RunPlan {
  private final RunRequest request;
  private final Path root;
  private final RunId run;
  private final String policy;
  private final InputFiles input;
  private final RuntimeFiles runtime;
  private final RunBasis basis;
  private final TreeBasis past;
  private final List<TreeEntry> carriedOver;
  private final List<String> remarks;

  private RunPlan(
      RunRequest request,
      Path root,
      RunId run,
      String policy,
      InputFiles input,
      RuntimeFiles runtime,
      RunBasis basis,
      Foreknowledge known) {
    this.request = request;
    this.root = root;
    this.run = run;
    this.policy = policy;
    this.input = input;
    this.runtime = runtime;
    this.basis = basis;
    this.past = known.treeBasis();
    this.remarks = List.copyOf(known.remarks());
    Set<String> written = Set.copyOf(runtime.paths());
    this.carriedOver =
        input.carriedOver().stream()
            .filter(entry -> !written.contains(PathText.of(entry.path())))
            .toList();
  }

  /**
   * Checks a request and reads its input. Writes nothing.
   *
   * @throws InputProblem when the user must change something first
   */
  public static RunPlan of(RunRequest request, LanguagePacks packs)
      throws InputProblem, IOException {
    if (!Files.isDirectory(request.input())) {
      throw new InputProblem(
          "the input " + request.input() + " is not a directory",
          "Name an existing directory with --input.");
    }
    Path root = request.input().toRealPath();
    if (request.destination() instanceof Destination.Tree tree
        && Files.exists(tree.root())
        && tree.root().toRealPath().equals(root)) {
      throw new InputProblem(
          "the output is the input itself: " + root, "Name another, or use --in-place.");
    }
    List<TreeEntry> entries = new SourceTree(root, packs, filter(request), leftOut(request)).list();
    try (Foreknowledge known = Foreknowledge.of(request, root);
        Manifest inPlace = Manifest.read(root)) {
      List<Path> foreign = RuntimeFiles.foreign(packs, root, entries, known::wasCarriedOver);
      if (!foreign.isEmpty()) {
        throw new InputProblem(
            "the input has a file " + foreign.get(0) + " that is not our telemetry runtime",
            "Instrumented code would import it. Rename it, or leave its directory out of the"
                + " input.");
      }
      boolean copies = request.destination() instanceof Destination.Tree;
      InputFiles input = InputFiles.read(root, entries, packs, copies, known);
      String policy = policyOf(request, packs);
      String lessons = lessonsOf(packs);
      known.compare(policy, lessons);
      RunId run = input.runId(inPlace, runPolicyOf(request, policy));
      return new RunPlan(
          request,
          root,
          run,
          policy,
          input,
          RuntimeFiles.of(packs, entries, input.programs()),
          known.basis(entries, input.programs(), lessons),
          known);
    }
  }

  private static PathFilter filter(RunRequest request) throws InputProblem {
    try {
      return new PathFilter(request.includes(), request.excludes());
    } catch (PatternSyntaxException e) {
      throw new InputProblem(
          "the glob " + e.getPattern() + " is malformed: " + e.getDescription(),
          "Write it as shells do, e.g. 'shop/**' or 'test_*.py'.");
    }
  }

  /** An output or cache inside the input must not be read as input. */
  private static Set<Path> leftOut(RunRequest request) throws IOException {
    Set<Path> real = new HashSet<>();
    for (Path path : request.leftOut()) {
      if (Files.exists(path)) {
        real.add(path.toRealPath());
      }
    }
    if (request.destination() instanceof Destination.Tree tree && Files.exists(tree.root())) {
      real.add(tree.root().toRealPath());
    }
    return real;
  }

  /** Everything but the input that decides what is inserted into a function. */
  private static String policyOf(RunRequest request, LanguagePacks packs) {
    RunPolicy policy = request.policy();
    Sha256 digest =
        new Sha256().field(ScriptKeys.CONTRACT_VERSION).field(policy.exceptions().word());
    digest.field(policy.keyKind().name()).field(lessonsOf(packs));
    for (LanguagePack pack : packs.all()) {
      digest.field(pack.language().id()).field(Sha256.of(pack.runtimeFile()));
    }
    // Only what is not the default, so that results of earlier versions still count as done.
    if (policy.method() != RunPolicy.Method.SCRIPTS) {
      digest.field("method").field(policy.method().name());
    }
    if (!policy.intent().isEmpty()) {
      digest.field("intent").field(policy.intent());
    }
    Selection selection = request.selection();
    if (!selection.equals(Selection.everything())) {
      digest.field("selection").field(selection.minLines());
      selection.kinds().forEach(kind -> digest.field(kind.word()));
    }
    return digest.hex();
  }

  private static String lessonsOf(LanguagePacks packs) {
    Sha256 digest = new Sha256();
    for (LanguagePack pack : packs.all()) {
      digest.field(pack.language().id()).field(pack.templates().lessonsVersion());
    }
    return digest.hex();
  }

  private static String runPolicyOf(RunRequest request, String policy) {
    Sha256 digest = new Sha256().field(policy);
    request.includes().forEach(digest::field);
    digest.field("");
    request.excludes().forEach(digest::field);
    return digest.hex();
  }

  /**
   * Splits the input as a run would, without one: for estimates.
   *
   * @throws IOException when a file cannot be read
   */
  public void preview(LanguagePacks packs, Consumer<FunctionTaskBatch> tasks) throws IOException {
    FileSplitter splitter = new FileSplitter(packs, run, request.policy(), request.selection());
    for (InputFiles.Source source : files()) {
      Path path = source.file().path();
      byte[] bytes = Files.readAllBytes(root.resolve(path));
      splitter.split(path, source.ref(), bytes).batches().forEach(tasks);
    }
  }

  public RunId run() {
    return run;
  }

  public RunRequest request() {
    return request;
  }

  /** Real path of the input's root. */
  Path root() {
    return root;
  }

  List<InputFiles.Source> files() {
    return input.files();
  }

  /** What goes to the output as it is; the runtime of an instrumented input is written anew. */
  List<TreeEntry> carriedOver() {
    return carriedOver;
  }

  List<RunReport.Entry> refused() {
    return input.refused();
  }

  /** All that an output is to hold of the input. */
  WantedPaths wanted() {
    List<String> sources = files().stream().map(file -> file.ref().path()).toList();
    return new WantedPaths(sources, carriedOver());
  }

  /** What a person should know of what could not be relied on. */
  List<String> remarks() {
    return remarks;
  }

  /**
   * Checks that the destination may be written.
   *
   * @throws InputProblem when it holds something that is not ours
   */
  public void claimDestination() throws InputProblem, IOException {
    if (request.destination() instanceof Destination.Patch patch) {
      claim(patch.file());
    }
    if (request.destination() instanceof Destination.Tree tree) {
      try {
        TreeOutput.claim(tree.root());
      } catch (FileAlreadyExistsException e) {
        throw new InputProblem(
            "the output " + tree.root() + " exists and no run of ours wrote it",
            "Name a directory that is new or empty with --output.");
      }
    }
  }

  private static void claim(Path patch) throws InputProblem {
    Path directory = patch.toAbsolutePath().getParent();
    if (Files.isDirectory(patch) || directory == null || !Files.isDirectory(directory)) {
      throw new InputProblem(
          "the patch " + patch + " cannot be written there",
          "Name a file in an existing directory with --output.");
    }
  }

  RunOutput openOutput() throws IOException {
    if (request.destination() instanceof Destination.Tree tree) {
      Path target = Files.createDirectories(tree.root()).toRealPath();
      ManifestHeader header =
          new ManifestHeader(ManifestHeader.FORMAT, run, policy, basis, runtime.paths());
      return new TreeOutput(root, target, header, runtime, past);
    }
    if (request.destination() instanceof Destination.Patch patch) {
      return new PatchOutput(root, patch.file(), run, runtime);
    }
    if (request.destination() instanceof Destination.Diff diff) {
      return new DiffOutput(diff.out());
    }
    return new InPlaceOutput(root, run, policy, runtime);
  }
}

package io.telemetryinject.coordinator.service.web;

import io.telemetryinject.coordinator.service.OutputInUse;
import io.telemetryinject.coordinator.service.RefusedOrder;
import io.telemetryinject.coordinator.service.RunDesk;
import io.telemetryinject.coordinator.service.web.SeenRuns.SeenRun;
import io.telemetryinject.model.RunStatus;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Runs over HTTP. */
@RestController
@RequestMapping("/api/v1/runs")
class RunsApi {
  private final RunDesk desk;
  private final SeenRuns runs;
  private final RunEvents events;
  private final RunFiles files = new RunFiles();
  private final SubmissionReader submissions = new SubmissionReader();

  /** The latest runs, the last one first. */
  record RunList(List<SeenRun> runs) {}

  RunsApi(RunDesk desk, SeenRuns runs, RunEvents events) {
    this.desk = desk;
    this.runs = runs;
    this.events = events;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<SeenRun> submit(HttpServletRequest request) throws IOException {
    try {
      RunStatus status = desk.submit(submissions.read(request.getInputStream()));
      return ResponseEntity.created(URI.create("/api/v1/runs/" + status.name()))
          .body(new SeenRun(true, false, status));
    } catch (RefusedOrder e) {
      throw Problem.fields(e.fields());
    } catch (OutputInUse e) {
      throw Problem.of(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
    }
  }

  @GetMapping
  RunList list() {
    return new RunList(runs.all());
  }

  @GetMapping("/{name}")
  SeenRun get(@PathVariable String name) {
    return runs.get(name);
  }

  @DeleteMapping("/{name}")
  ResponseEntity<SeenRun> cancel(@PathVariable String name) {
    SeenRun run = runs.get(name);
    if (run.status().state().isEnd()) {
      throw Problem.of(HttpStatus.CONFLICT, "the run has ended; there is nothing to cancel");
    }
    if (!run.here()) {
      throw Problem.of(
          HttpStatus.CONFLICT,
          "another coordinator carries this run out; a job of Kubernetes is cancelled with"
              + " telemetry-inject cancel "
              + name);
    }
    desk.cancel(name);
    return ResponseEntity.accepted().body(runs.get(name));
  }

  @GetMapping("/{name}/events")
  void events(@PathVariable String name, HttpServletResponse response) throws IOException {
    events.stream(name, response);
  }

  @GetMapping(value = "/{name}/report", produces = MediaType.APPLICATION_JSON_VALUE)
  Resource report(@PathVariable String name) {
    ownRun(name, "report");
    return desk.report(name)
        .map(FileSystemResource::new)
        .orElseThrow(
            () -> Problem.of(HttpStatus.NOT_FOUND, "the run has not come to its end: no report"));
  }

  @GetMapping("/{name}/files")
  RunFiles.FilePage files(
      @PathVariable String name,
      @RequestParam(defaultValue = "false") boolean changed,
      @RequestParam(defaultValue = "") String filter,
      @RequestParam(defaultValue = "0") int offset,
      @RequestParam(defaultValue = "100") int limit)
      throws IOException {
    return files.list(tree(name), ownRun(name, "list of files"), changed, filter, offset, limit);
  }

  @GetMapping("/{name}/files/diff")
  RunFiles.FileDiff diff(@PathVariable String name, @RequestParam String path) throws IOException {
    return files.diff(tree(name), ownRun(name, "files"), path);
  }

  private RunStatus ownRun(String name, String what) {
    SeenRun run = runs.get(name);
    if (!run.here()) {
      throw Problem.of(
          HttpStatus.NOT_FOUND,
          "another coordinator carried this run out; its " + what + " is not here");
    }
    return run.status();
  }

  private Path tree(String name) {
    ownRun(name, "result");
    return desk.tree(name)
        .orElseThrow(() -> Problem.of(HttpStatus.NOT_FOUND, "a patch has no list of files"));
  }
}

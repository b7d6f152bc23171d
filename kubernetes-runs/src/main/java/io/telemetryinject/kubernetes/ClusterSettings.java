package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out how to reach a cluster, the way kubectl does. */
final class ClusterSettings {
  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration ANSWERING = Duration.ofSeconds(20);

  /** Somebody waits at a terminal: rather say soon that a cluster does not answer. */
  private static final int RETRIES = 2;

  private final Map<String, String> environment;

  ClusterSettings(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads what the files and the environment say.
   *
   * @throws RunProblem when they name no cluster, or not the context that is asked for
   */
  Config read(ClusterAddress address) throws RunProblem {
    List<File> files = files(address.kubeconfig());
    Config config = files.isEmpty() ? inCluster(address) : fromFiles(address, files);
    if (address.namespace() != null) {
      config.setNamespace(address.namespace());
    } else if (config.getNamespace() == null) {
      config.setNamespace("default");
    }
    config.setConnectionTimeout((int) CONNECTING.toMillis());
    config.setRequestTimeout((int) ANSWERING.toMillis());
    config.setRequestRetryBackoffLimit(RETRIES);
    return config;
  }

  private static Config fromFiles(ClusterAddress address, List<File> files) throws RunProblem {
    Config config;
    try {
      // The client merges several itself, and reads their names from the same variable.
      config =
          files.size() == 1
              ? Config.fromKubeconfig(address.context(), files.get(0))
              : Config.autoConfigure(address.context());
    } catch (RuntimeException e) {
      throw new RunProblem(
          "the kubeconfig " + names(files) + " cannot be read",
          "Check it with kubectl config view, or name another with --kubeconfig.",
          e);
    }
    List<String> contexts =
        Optional.ofNullable(config.getContexts()).orElse(List.of()).stream()
            .map(NamedContext::getName)
            .sorted()
            .toList();
    if (address.context() != null && !contexts.contains(address.context())) {
      throw new RunProblem(
          "the kubeconfig " + names(files) + " has no context " + address.context(),
          "Name one of those it has with --context: " + String.join(", ", contexts) + ".");
    }
    if (config.getCurrentContext() == null) {
      throw new RunProblem(
          "the kubeconfig " + names(files) + " does not say which cluster is meant",
          "Name a context with --context: " + String.join(", ", contexts) + ".");
    }
    return config;
  }

  private Config inCluster(ClusterAddress address) throws RunProblem {
    if (!environment.containsKey("KUBERNETES_SERVICE_HOST") || !Files.isDirectory(ACCOUNT)) {
      throw new RunProblem(
          "no cluster is known on this machine: there is no kubeconfig",
          "Name one with --kubeconfig or KUBECONFIG, or log in to a cluster with its own tool,"
              + " which writes ~/.kube/config.");
    }
    return Config.autoConfigure(address.context());
  }

  private List<File> files(@Nullable Path named) throws RunProblem {
    if (named != null) {
      if (!Files.isRegularFile(named)) {
        throw new RunProblem(
            "there is no kubeconfig " + named, "Name an existing file with --kubeconfig.");
      }
      return List.of(named.toFile());
    }
    String listed = environment.getOrDefault("KUBECONFIG", "");
    if (!listed.isBlank()) {
      return existing(
          Arrays.stream(listed.split(File.pathSeparator)).filter(f -> !f.isBlank()).map(File::new));
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
    return existing(Stream.of(new File(home, ".kube/config")));
  }

  private static List<File> existing(Stream<File> files) {
    return files.filter(File::isFile).toList();
  }

  private static String names(List<File> files) {
    return String.join(", ", files.stream().map(File::getPath).toList());
  }
}

package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in words for a person why a cluster did not do what was asked. */
final class ApiProblems {
  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY = 429;
  private static final int SERVER = 500;

  /** How every API server says what is missing. */
  private static final Pattern FORBIDDEN =
      Pattern.compile("cannot (\\w+) resource \"([\\w/]+)\"(?: in API group \"([\\w.]*)\")?");

  private final Cluster cluster;

  ApiProblems(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Asks the cluster for something.
   *
   * @param what the request, as in "create the run's Job"
   */
  <T> T ask(String what, Supplier<T> request) throws RunProblem {
    try {
      return request.get();
    } catch (KubernetesClientException e) {
      throw explain(what, e);
    }
  }

  /** Whether the same request may do in a while. */
  static boolean passing(RunProblem problem) {
    return problem.getCause() instanceof KubernetesClientException failure
        && (failure.getCode() <= 0 || failure.getCode() == TOO_MANY || failure.getCode() >= SERVER);
  }

  private RunProblem explain(String what, KubernetesClientException e) {
    String cannot = "cannot " + what + " in namespace " + cluster.namespace();
    String said = said(e);
    if (e.getCode() <= 0) {
      return new RunProblem(
          "the API server " + cluster.client().getMasterUrl() + " does not answer: " + cause(e),
          "Check that the cluster runs and that this machine reaches it (kubectl version), or"
              + " name another one with --context.",
          e);
    }
    switch (e.getCode()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED:
        return new RunProblem(
            cannot + ": the API server does not know you",
            "Log in to the cluster anew (kubectl get jobs must work), or name another --context.",
            e);
      case HttpURLConnection.HTTP_FORBIDDEN:
        return forbidden(cannot, said, e);
      case HttpURLConnection.HTTP_NOT_FOUND:
        return new RunProblem(
            cannot + ": " + said, "Check --namespace and --context: kubectl get namespaces.", e);
      case HttpURLConnection.HTTP_CONFLICT:
        return new RunProblem(
            cannot + ": " + said, "Somebody was faster; look with status, and try again.", e);
      case UNPROCESSABLE:
        return new RunProblem(
            cannot + ": the API server refuses it: " + said,
            "Mend the run template (Helm values), or leave out what it does not allow.",
            e);
      default:
        return new RunProblem(
            cannot + ": the API server answers " + e.getCode() + ": " + said,
            "Try again; if it lasts, ask those who run the cluster.",
            e);
    }
  }

  /** An admission webhook and a quota answer 403, too: then their words say more. */
  private RunProblem forbidden(String cannot, String said, KubernetesClientException e) {
    Matcher missing = FORBIDDEN.matcher(said);
    if (!missing.find()) {
      return new RunProblem(
          cannot + ": the cluster's rules forbid it: " + said,
          "Keep to what the rule says, or ask those who run the cluster.",
          e);
    }
    String group = missing.group(3) == null ? "" : missing.group(3);
    String resource = missing.group(2) + (group.isEmpty() ? "" : "." + group);
    return new RunProblem(
        cannot + ": you may not " + missing.group(1) + " " + resource,
        "Ask for a Role with the verb "
            + missing.group(1)
            + " on "
            + resource
            + " in namespace "
            + cluster.namespace()
            + ", or name another --namespace or --context.",
        e);
  }

  private static String said(KubernetesClientException e) {
    Status status = e.getStatus();
    @Nullable String message = status == null ? e.getMessage() : status.getMessage();
    return message == null ? "no reason given" : message;
  }

  private static String cause(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String kind = root.getClass().getSimpleName();
    return root.getMessage() == null || root == e ? kind : kind + ": " + root.getMessage();
  }
}

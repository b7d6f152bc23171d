package io.telemetryinject.kubernetes;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster and namespace somebody means.
 *
 * @param kubeconfig a file that says how to reach clusters; without one, {@code KUBECONFIG}, {@code
 *     ~/.kube/config} or the pod's own account
 * @param context a name in it; without one, its current context
 * @param namespace without one, the context's
 */
public record ClusterAddress(
    @Nullable Path kubeconfig, @Nullable String context, @Nullable String namespace) {}

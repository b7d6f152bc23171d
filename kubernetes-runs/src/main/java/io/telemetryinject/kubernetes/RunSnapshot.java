package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;

/** A run's Job and pods at one time, and what they come to. */
record RunSnapshot(Job job, Attempts attempts, RunStatus status) {}

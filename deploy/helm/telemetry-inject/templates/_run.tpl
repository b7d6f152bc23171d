{{/* A whole job of the coordinator. Arguments: root, labels and annotations (of the run), arguments, deadline. */}}
{{- define "telemetry-inject.runJob" -}}
{{- $runs := .root.Values.runs -}}
{{- $names := dict "root" .root "component" "run" -}}
{{- $scope := dict "root" .root "role" "run" "image" "coordinator" "config" (printf "%s-run" (include "telemetry-inject.fullname" .root)) "settings" $runs -}}
metadata:
  labels:
    {{- include "telemetry-inject.labels" $names | nindent 4 }}
    {{- with .labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  backoffLimit: {{ $runs.backoffLimit }}
  activeDeadlineSeconds: {{ .deadline }}
  ttlSecondsAfterFinished: {{ $runs.ttlSecondsAfterFinished }}
  # Another try cannot mend what the run itself decided: 1, some functions rejected or failed; 2, bad input. A node that went away
  # is nobody's failure. Everything else counts, and the next pod resumes the run.
  podFailurePolicy:
    rules:
      - action: FailJob
        onExitCodes: {containerName: coordinator, operator: In, values: [1, 2]}
      - action: Ignore
        onPodConditions: [{type: DisruptionTarget, status: "True"}]
  template:
    metadata:
      labels:
        {{- include "telemetry-inject.labels" $names | nindent 8 }}
        {{- with .labels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $runs.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with $runs.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      {{- include "telemetry-inject.pod" $scope | nindent 6 }}
      restartPolicy: Never
      terminationGracePeriodSeconds: {{ $runs.terminationGracePeriodSeconds }}
      containers:
        - name: coordinator
          {{- include "telemetry-inject.container" $scope | nindent 10 }}
          {{- with .arguments }}
          args:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          ports:
            - {name: http, containerPort: {{ include "telemetry-inject.port" "run" }}, protocol: TCP}
      volumes:
        {{- include "telemetry-inject.places" $scope | trim | nindent 8 }}
{{- end -}}

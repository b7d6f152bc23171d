{{- define "telemetry-inject.containerSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
readOnlyRootFilesystem: true
allowPrivilegeEscalation: false
privileged: false
capabilities: {drop: [ALL]}
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "telemetry-inject.fromSecret" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
{{- end -}}

{{/* What an application finds in its environment. Arguments: root, role, settings. */}}
{{- define "telemetry-inject.env" -}}
{{- $values := .root.Values -}}
- name: SPRING_CONFIG_ADDITIONAL_LOCATION
  value: file:/etc/telemetry-inject/config/
{{- with $values.kafka.sasl }}
{{- if .mechanism }}
{{ include "telemetry-inject.fromSecret" (dict "name" "KAFKA_USERNAME" "secret" .secret "key" .usernameKey) }}
{{ include "telemetry-inject.fromSecret" (dict "name" "KAFKA_PASSWORD" "secret" .secret "key" .passwordKey) }}
{{- end }}
{{- end }}
{{- if $values.kafka.tls.enabled }}
{{- with $values.kafka.tls.trustStore }}
{{- if and .secret .passwordKey }}
{{ include "telemetry-inject.fromSecret" (dict "name" "KAFKA_TRUST_STORE_PASSWORD" "secret" .secret "key" .passwordKey) }}
{{- end }}
{{- end }}
{{- with $values.kafka.tls.keyStore }}
{{- if and .secret .passwordKey }}
{{ include "telemetry-inject.fromSecret" (dict "name" "KAFKA_KEY_STORE_PASSWORD" "secret" .secret "key" .passwordKey) }}
{{- end }}
{{- end }}
{{- end }}
{{- if and $values.s3.credentialsSecret (ne .role "topics") }}
{{ include "telemetry-inject.fromSecret" (dict "name" "AWS_ACCESS_KEY_ID" "secret" $values.s3.credentialsSecret "key" "AWS_ACCESS_KEY_ID") }}
{{ include "telemetry-inject.fromSecret" (dict "name" "AWS_SECRET_ACCESS_KEY" "secret" $values.s3.credentialsSecret "key" "AWS_SECRET_ACCESS_KEY") }}
{{- end }}
{{- if eq .role "generator" }}
{{- range $values.generator.apiKeys }}
- name: {{ upper .provider }}_API_KEY_FILE
  value: /etc/telemetry-inject/llm/{{ .provider }}/{{ .key }}
{{- end }}
{{- end }}
{{- with .settings.env }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Volumes and where they are mounted come in pairs; `mounts` says which half. Arguments: root, role, config, mounts. */}}
{{- define "telemetry-inject.places" -}}
{{- $values := .root.Values -}}
{{- $worker := has .role (list "analyzer" "generator" "executor") -}}
{{- $run := has .role (list "run" "coordinator") -}}
{{- $places := list -}}
{{- $places = append $places (dict "name" "config" "path" "/etc/telemetry-inject/config" "source" (dict "configMap" (dict "name" .config))) -}}
{{- $places = append $places (dict "name" "tmp" "path" "/tmp" "writable" true "source" (dict "emptyDir" (dict "sizeLimit" "4Gi"))) -}}
{{- with $values.kafka.tls -}}
{{- if and .enabled .trustStore.secret -}}
{{- $places = append $places (dict "name" "kafka-trust" "path" "/etc/telemetry-inject/kafka-trust" "source" (dict "secret" (dict "secretName" .trustStore.secret "defaultMode" 288 "items" (list (dict "key" .trustStore.key "path" .trustStore.key))))) -}}
{{- end -}}
{{- if and .enabled .keyStore.secret -}}
{{- $places = append $places (dict "name" "kafka-key" "path" "/etc/telemetry-inject/kafka-key" "source" (dict "secret" (dict "secretName" .keyStore.secret "defaultMode" 288 "items" (list (dict "key" .keyStore.key "path" .keyStore.key))))) -}}
{{- end -}}
{{- end -}}
{{- $public := ternary $values.keys.generatorTrusts $values.keys.trusted.files (eq .role "generator") -}}
{{- if and $worker $public -}}
{{- $items := list -}}
{{- range $public -}}{{- $items = append $items (dict "key" . "path" .) -}}{{- end -}}
{{- $places = append $places (dict "name" "keys" "path" "/etc/telemetry-inject/keys" "source" (dict "secret" (dict "secretName" $values.keys.trusted.secret "defaultMode" 288 "items" $items))) -}}
{{- end -}}
{{- if and $worker (not $values.cache.location) -}}
{{- $places = append $places (dict "name" "cache" "path" "/var/lib/telemetry-inject/cache" "writable" (eq .role "generator") "source" (dict "persistentVolumeClaim" (dict "claimName" $values.cache.claim))) -}}
{{- end -}}
{{- if eq .role "generator" -}}
{{- $places = append $places (dict "name" "private" "path" "/run/telemetry-inject" "writable" true "source" (dict "emptyDir" (dict "medium" "Memory" "sizeLimit" "1Mi"))) -}}
{{- $spend := dict "emptyDir" dict -}}
{{- if $values.generator.spend.claim -}}{{- $spend = dict "persistentVolumeClaim" (dict "claimName" $values.generator.spend.claim) -}}{{- end -}}
{{- $places = append $places (dict "name" "spend" "path" "/var/lib/telemetry-inject/spend" "writable" true "source" $spend) -}}
{{- range $values.generator.apiKeys -}}
{{- $places = append $places (dict "name" (printf "llm-%s" .provider) "path" (printf "/etc/telemetry-inject/llm/%s" .provider) "source" (dict "secret" (dict "secretName" .secret "defaultMode" 288 "items" (list (dict "key" .key "path" .key))))) -}}
{{- end -}}
{{- end -}}
{{- if $run -}}
{{- $work := ternary $values.coordinator.work $values.runs.work (eq .role "coordinator") -}}
{{- $source := dict "emptyDir" (dict "sizeLimit" (default "20Gi" $work.size)) -}}
{{- if $work.claim -}}{{- $source = dict "persistentVolumeClaim" (dict "claimName" $work.claim) -}}{{- end -}}
{{- $places = append $places (dict "name" "work" "path" "/work" "writable" true "source" $source) -}}
{{- with $values.runs.git -}}
{{- if .netrcSecret -}}
{{- $places = append $places (dict "name" "netrc" "path" "/tmp/.netrc" "subPath" ".netrc" "source" (dict "secret" (dict "secretName" .netrcSecret "defaultMode" 288))) -}}
{{- end -}}
{{- if .sshSecret -}}
{{- $places = append $places (dict "name" "ssh" "path" "/tmp/.ssh" "source" (dict "secret" (dict "secretName" .sshSecret "defaultMode" 288))) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if eq .role "coordinator" -}}
{{- $places = append $places (dict "name" "token" "path" "/etc/telemetry-inject/token" "source" (dict "secret" (dict "secretName" $values.coordinator.token.secret "defaultMode" 288))) -}}
{{- end -}}
{{- range $places }}
{{- if $.mounts }}
- name: {{ .name }}
  mountPath: {{ .path }}
  {{- with .subPath }}
  subPath: {{ . }}
  {{- end }}
  {{- if not .writable }}
  readOnly: true
  {{- end }}
{{- else }}
- {{ toYaml (merge (dict "name" .name) .source) | nindent 2 | trim }}
{{- end }}
{{- end }}
{{- end -}}

{{/* What all pods have in common: who they are, and where they may run. Arguments: root, settings. */}}
{{- define "telemetry-inject.pod" -}}
serviceAccountName: {{ include "telemetry-inject.serviceAccount" .root }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- range $field := list "nodeSelector" "tolerations" "affinity" "priorityClassName" "runtimeClassName" }}
{{- with index $.settings $field }}
{{ $field }}: {{ toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The application itself. Arguments: root, role, image, config, settings. */}}
{{- define "telemetry-inject.container" -}}
image: {{ include "telemetry-inject.image" (dict "root" .root "role" .image) }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  {{- include "telemetry-inject.containerSecurity" . | nindent 2 }}
env:
  {{- include "telemetry-inject.env" . | nindent 2 }}
volumeMounts:
  {{- include "telemetry-inject.places" (merge (dict "mounts" true) .) | trim | nindent 2 }}
resources:
  {{- toYaml .settings.resources | nindent 2 }}
{{- end -}}

{{- define "telemetry-inject.probes" -}}
startupProbe:
  httpGet: {path: /actuator/health/liveness, port: http}
  periodSeconds: 2
  failureThreshold: 90
livenessProbe:
  httpGet: {path: /actuator/health/liveness, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /actuator/health/readiness, port: http}
  periodSeconds: 5
  timeoutSeconds: 5
{{- end -}}

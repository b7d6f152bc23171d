{{/* Brokers and how they are spoken to, as Spring Boot reads it. Passwords are placeholders for the environment. */}}
{{- define "telemetry-inject.kafkaConfig" -}}
{{- $kafka := .Values.kafka -}}
bootstrap-servers: {{ $kafka.bootstrapServers | quote }}
security:
  protocol: {{ ternary (ternary "SASL_SSL" "SSL" (ne $kafka.sasl.mechanism "")) (ternary "SASL_PLAINTEXT" "PLAINTEXT" (ne $kafka.sasl.mechanism "")) $kafka.tls.enabled }}
{{- if $kafka.tls.enabled }}
ssl:
  {{- with $kafka.tls.trustStore }}
  {{- if .secret }}
  trust-store-type: {{ .type }}
  trust-store-location: file:/etc/telemetry-inject/kafka-trust/{{ .key }}
  {{- if .passwordKey }}
  trust-store-password: ${KAFKA_TRUST_STORE_PASSWORD}
  {{- end }}
  {{- end }}
  {{- end }}
  {{- with $kafka.tls.keyStore }}
  {{- if .secret }}
  key-store-type: {{ .type }}
  key-store-location: file:/etc/telemetry-inject/kafka-key/{{ .key }}
  {{- if .passwordKey }}
  key-store-password: ${KAFKA_KEY_STORE_PASSWORD}
  {{- end }}
  {{- end }}
  {{- end }}
{{- end }}
properties:
  {{- if $kafka.sasl.mechanism }}
  sasl.mechanism: {{ $kafka.sasl.mechanism }}
  sasl.jaas.config: org.apache.kafka.common.security.{{ ternary "plain.Plain" "scram.Scram" (eq $kafka.sasl.mechanism "PLAIN") }}LoginModule required username="${KAFKA_USERNAME}" password="${KAFKA_PASSWORD}";
  {{- end }}
  {{- with $kafka.properties }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "telemetry-inject.s3Config" -}}
encryption: {{ .Values.s3.encryption }}
{{- with .Values.s3.endpoint }}
endpoint: {{ . | quote }}
{{- end }}
{{- with .Values.s3.region }}
region: {{ . }}
{{- end }}
{{- with .Values.s3.kmsKey }}
kms-key: {{ . | quote }}
{{- end }}
{{- end -}}

{{/* Where scripts lie, for the three workers. Arguments: root, role. */}}
{{- define "telemetry-inject.cacheConfig" -}}
{{- $values := .root.Values -}}
{{- if $values.cache.location }}
cache: {{ $values.cache.location | quote }}
s3:
  {{- include "telemetry-inject.s3Config" .root | nindent 2 }}
  copies: /tmp/copies
{{- else }}
cache-dir: /var/lib/telemetry-inject/cache
{{- end }}
untrusted: {{ $values.trust.untrusted | quote }}
{{- if ne .role "generator" }}
public-key:
  {{- range $values.keys.trusted.files }}
  - /etc/telemetry-inject/keys/{{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "telemetry-inject.analyzerConfig" -}}
{{ include "telemetry-inject.cacheConfig" (dict "root" . "role" "analyzer") }}
analyzer:
  threads: {{ .Values.analyzer.threads }}
{{- end -}}

{{- define "telemetry-inject.executorConfig" -}}
{{ include "telemetry-inject.cacheConfig" (dict "root" . "role" "executor") }}
executor:
  threads: {{ .Values.executor.threads }}
{{- end -}}

{{- define "telemetry-inject.generatorConfig" -}}
{{ include "telemetry-inject.cacheConfig" (dict "root" . "role" "generator") }}
promote: {{ .Values.trust.promote | quote }}
signing-key: /run/telemetry-inject/private/signing-key
trusted-keys:
  {{- range .Values.keys.generatorTrusts }}
  - /etc/telemetry-inject/keys/{{ . }}
  {{- else }} []
  {{- end }}
generator:
  threads: {{ .Values.generator.threads }}
  heal-rounds: {{ .Values.generator.healRounds }}
  spend-dir: /var/lib/telemetry-inject/spend
  {{- with .Values.generator.dailyMaxCost }}
  daily-max-cost: {{ . }}
  {{- end }}
  {{- with .Values.generator.ladder }}
  ladder:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "telemetry-inject.runConfig" -}}
work-dir: /work
assemblers: {{ .Values.runs.assemblers }}
patience: {{ .Values.runs.patience }}
{{- if .Values.monitoring.podMonitor.enabled }}
last-scrape: {{ .Values.runs.lastScrape }}
{{- end }}
s3:
  {{- include "telemetry-inject.s3Config" . | nindent 2 }}
{{- end -}}

{{- define "telemetry-inject.coordinatorConfig" -}}
{{ include "telemetry-inject.runConfig" . }}
service:
  enabled: true
  token-file: /etc/telemetry-inject/token/{{ .Values.coordinator.token.key }}
  runs-at-once: {{ .Values.coordinator.runsAtOnce }}
{{- end -}}

{{- define "telemetry-inject.topicsConfig" -}}
{}
{{- end -}}

{{/* A role's whole application.yaml: what the chart says, then what role's own `config` says. Arguments: root, role, settings. */}}
{{- define "telemetry-inject.config" -}}
{{- $messaging := dict "topic-prefix" .root.Values.kafka.topicPrefix "partitions" .root.Values.topics.partitions "replicas" .root.Values.topics.replicas "retention" .root.Values.topics.retention "dead-letter-retention" .root.Values.topics.deadLetterRetention "create-topics" false -}}
{{- $own := fromYaml (include (printf "telemetry-inject.%sConfig" .role) .root) -}}
{{- $spring := dict "kafka" (fromYaml (include "telemetry-inject.kafkaConfig" .root)) -}}
{{- $config := dict "spring" $spring "telemetry-inject" (merge $own (dict "messaging" $messaging)) -}}
{{- if ne .role "topics" -}}
{{- $_ := set $config "management" (dict "endpoint" (dict "health" (dict "probes" (dict "enabled" true)))) -}}
{{- end -}}
{{- if eq .role "coordinator" -}}
{{- $_ := set $config "server" (dict "address" "0.0.0.0") -}}
{{- end -}}
{{- mergeOverwrite $config (deepCopy (default dict .settings.config)) | toYaml -}}
{{- end -}}

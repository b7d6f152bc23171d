{{- define "telemetry-inject.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "telemetry-inject.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "telemetry-inject.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* What selects the pods of a component; never changes. Arguments: root, component. */}}
{{- define "telemetry-inject.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "telemetry-inject.labels" -}}
{{ include "telemetry-inject.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* Arguments: root, role. */}}
{{- define "telemetry-inject.image" -}}
{{- $image := .root.Values.image -}}
{{- $digest := index $image.digests .role -}}
{{- if $digest -}}
{{- printf "%s/%s@%s" $image.registry .role $digest -}}
{{- else -}}
{{- printf "%s/%s:%s" $image.registry .role (default .root.Chart.AppVersion $image.tag) -}}
{{- end -}}
{{- end -}}

{{/* The port that an application serves health, metrics and, if it is the coordinator, the page on. */}}
{{- define "telemetry-inject.port" -}}
{{- get (dict "analyzer" 8081 "generator" 8082 "executor" 8083 "coordinator" 8084 "run" 8084) . -}}
{{- end -}}

{{/* The most workers there can be. Arguments: root, role. */}}
{{- define "telemetry-inject.mostWorkers" -}}
{{- $worker := index .root.Values .role -}}
{{- if eq .root.Values.autoscaling.mode "none" -}}{{ $worker.replicas }}{{- else -}}{{ $worker.autoscaling.max }}{{- end -}}
{{- end -}}

{{- define "grandstand.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "grandstand.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains (include "grandstand.name" .) .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "grandstand.name" .) | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* What selects the pods of a component, and never changes: (list $ "room"). */}}
{{- define "grandstand.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ include "grandstand.name" $root }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "grandstand.labels" -}}
{{- $root := index . 0 -}}
{{ include "grandstand.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: grandstand
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end }}

{{/* An image of this project: (list $ .Values.room.image). */}}
{{- define "grandstand.image" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{- $name := ternary (printf "%s/%s" $root.Values.image.registry $image.repository) $image.repository (ne $root.Values.image.registry "") -}}
{{- if $image.digest -}}
{{ $name }}@{{ $image.digest }}
{{- else -}}
{{ $name }}:{{ $root.Values.image.tag | default $root.Chart.AppVersion }}
{{- end }}
{{- end }}

{{/* Somebody else's image, which has a tag of its own. */}}
{{- define "grandstand.foreignImage" -}}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag }}{{ end }}
{{- end }}

{{- define "grandstand.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Pod Security Standards, level "restricted". */}}
{{- define "grandstand.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "grandstand.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* A service's three probes: a port's name. */}}
{{- define "grandstand.probes" -}}
startupProbe:
  httpGet: {path: /health/started, port: {{ . }}}
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /health/live, port: {{ . }}}
  periodSeconds: 10
  timeoutSeconds: 3
  failureThreshold: 3
readinessProbe:
  httpGet: {path: /health/ready, port: {{ . }}}
  periodSeconds: 3
  timeoutSeconds: 3
  failureThreshold: 2
{{- end }}

{{/* Instances of a component apart from each other: (list $ "room"). */}}
{{- define "grandstand.spread" -}}
topologySpreadConstraints:
  {{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ $key }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "grandstand.selector" $ | nindent 8 }}
  {{- end }}
{{- end }}

{{- define "grandstand.where" -}}
{{- with .nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "grandstand.brokers" -}}
{{- if .Values.kafka.enabled -}}
{{- $name := printf "%s-kafka" (include "grandstand.fullname" .) -}}
{{- $hosts := list -}}
{{- range $i := until (int .Values.kafka.brokers) -}}
{{- $hosts = append $hosts (printf "%s-%d.%s:9092" $name $i $name) -}}
{{- end -}}
{{- join "," $hosts -}}
{{- else -}}
{{- .Values.externalKafka.bootstrapServers -}}
{{- end -}}
{{- end }}

{{- define "grandstand.secretName" -}}
{{- .Values.secrets.existing | default (include "grandstand.fullname" .) -}}
{{- end }}

{{/* A variable that comes from the Secret: (list $ "GRANDSTAND_SECRET" "session"). */}}
{{- define "grandstand.secretEnv" -}}
- name: {{ index . 1 }}
  valueFrom:
    secretKeyRef:
      name: {{ include "grandstand.secretName" (index . 0) }}
      key: {{ index . 2 }}
{{- end }}

{{/* The secrets that the chart makes up, the same wherever it is asked during one rendering, and those of the last time. */}}
{{- define "grandstand.secretData" -}}
{{- if not (hasKey .Values "madeUp") -}}
{{- $old := (lookup "v1" "Secret" .Release.Namespace (include "grandstand.fullname" .)) | default dict -}}
{{- $data := dict -}}
{{- range $key := list "session" "admin" "turn" -}}
{{- $_ := set $data $key (index ($old.data | default dict) $key | default (randAlphaNum 40 | b64enc)) -}}
{{- end -}}
{{- $_ := set .Values "madeUp" $data -}}
{{- end -}}
{{- toYaml .Values.madeUp -}}
{{- end }}

{{/* Changes with what pods read only when they start. */}}
{{- define "grandstand.checksums" -}}
{{- if not .Values.secrets.existing }}
checksum/secret: {{ include "grandstand.secretData" . | sha256sum }}
{{- end }}
{{- end }}

{{/* Variables that every service has, then its own, then the user's. Later ones win: (list $ "room" (list of own)). */}}
{{- define "grandstand.commonEnv" -}}
- name: GRANDSTAND_INSTANCE
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
- name: GRANDSTAND_KAFKA
  value: {{ include "grandstand.brokers" . | quote }}
- name: GRANDSTAND_TOPIC_PARTITIONS
  value: {{ .Values.topics.partitions | quote }}
- name: GRANDSTAND_TOPIC_REPLICATION
  value: {{ ternary .Values.kafka.brokers .Values.externalKafka.replication .Values.kafka.enabled | quote }}
{{- if and (not .Values.kafka.enabled) .Values.externalKafka.secret }}
- name: GRANDSTAND_KAFKA_PROPERTIES
  value: /etc/grandstand/kafka/client.properties
{{- end }}
{{- end }}

{{- define "grandstand.userEnv" -}}
{{- range $name, $value := . }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{/*
A service of this project. A dictionary: root, component, values, env, ports, and optionally account, volumes, mounts.
*/}}
{{- define "grandstand.deployment" -}}
{{- $root := .root -}}
{{- $id := list .root .component -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "grandstand.fullname" $root }}-{{ .component }}
  labels: {{- include "grandstand.labels" $id | nindent 4 }}
spec:
  {{- if not (dig "autoscaling" "enabled" false .values) }}
  replicas: {{ .values.replicas }}
  {{- end }}
  strategy:
    rollingUpdate: {maxUnavailable: 0, maxSurge: 1}
  selector:
    matchLabels: {{- include "grandstand.selector" $id | nindent 6 }}
  template:
    metadata:
      # Only what selects: a label with the chart's version would start every pod again at every upgrade.
      labels: {{- include "grandstand.selector" $id | nindent 8 }}
      annotations:
        kubectl.kubernetes.io/default-container: {{ .component }}
        {{- include "grandstand.checksums" $root | nindent 8 }}
        {{- with .checksums }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      {{- include "grandstand.pullSecrets" $root | nindent 6 }}
      {{- with .account }}
      serviceAccountName: {{ . }}
      {{- end }}
      automountServiceAccountToken: {{ hasKey . "account" }}
      enableServiceLinks: false
      terminationGracePeriodSeconds: 45
      securityContext: {{- include "grandstand.podSecurity" 10001 | nindent 8 }}
      {{- include "grandstand.spread" $id | nindent 6 }}
      {{- include "grandstand.where" .values | nindent 6 }}
      containers:
        - name: {{ .component }}
          image: {{ include "grandstand.image" (list $root .values.image) }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          env:
            {{- include "grandstand.commonEnv" $root | nindent 12 }}
            {{- .env | trim | nindent 12 }}
            {{- include "grandstand.userEnv" .values.env | nindent 12 }}
          ports:
            {{- range $name, $port := .ports }}
            - {name: {{ $name }}, containerPort: {{ $port }}}
            {{- end }}
          {{- include "grandstand.probes" "http" | nindent 10 }}
          resources: {{- toYaml .values.resources | nindent 12 }}
          securityContext: {{- include "grandstand.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - {name: tmp, mountPath: /tmp}
            {{- if and (not $root.Values.kafka.enabled) $root.Values.externalKafka.secret }}
            - {name: kafka, mountPath: /etc/grandstand/kafka, readOnly: true}
            {{- end }}
            {{- with .mounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
      volumes:
        - name: tmp
          emptyDir: {}
        {{- if and (not $root.Values.kafka.enabled) $root.Values.externalKafka.secret }}
        - name: kafka
          secret: {secretName: {{ $root.Values.externalKafka.secret }}}
        {{- end }}
        {{- with .volumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "grandstand.fullname" $root }}-{{ .component }}
  labels: {{- include "grandstand.labels" $id | nindent 4 }}
spec:
  selector: {{- include "grandstand.selector" $id | nindent 4 }}
  ports:
    {{- range $name, $port := .ports }}
    - {name: {{ $name }}, port: {{ $port }}, targetPort: {{ $name }}}
    {{- end }}
{{- end }}

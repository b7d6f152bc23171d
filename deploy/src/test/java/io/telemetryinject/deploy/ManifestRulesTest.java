package io.telemetryinject.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** That the rules which the chart is held to find what they are for. */
class ManifestRulesTest {
  private static final JsonNode NO_VALUES = JsonNodeFactory.instance.objectNode();

  private static final String SOUND =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: analyzer}
      spec:
        selector: {matchLabels: {app: a}}
        template:
          metadata: {labels: {app: a}}
          spec:
            serviceAccountName: default
            automountServiceAccountToken: false
            enableServiceLinks: false
            securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
            containers:
              - name: analyzer
                image: i
                env: [{name: KAFKA_PASSWORD, value: "5"}]
                securityContext:
                  {runAsNonRoot: true, runAsUser: 10001, readOnlyRootFilesystem: true,
                   privileged: false, allowPrivilegeEscalation: false,
                   capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}
                resources: {requests: {cpu: 1, memory: 1Gi}, limits: {memory: 1Gi}}
                volumeMounts: [{name: config, mountPath: /config}]
            volumes: [{name: config, configMap: {name: settings}}]
      """;

  private static final String SETTINGS =
      """
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings}
      data:
        application.yaml: |
          telemetry-inject: {public-key: [/config/key.pub], analyzer: {threads: 2}}
          spring: {kafka: {properties: {password: "${KAFKA_PASSWORD}"}}}
      """;

  private static List<String> apiProblems(String yaml) {
    return Manifest.all(yaml).stream().flatMap(m -> ApiModels.problems(m).stream()).toList();
  }

  private static List<String> podProblems(String yaml) {
    return PodRules.problems(Manifest.all(yaml).get(0));
  }

  private static List<String> references(String yaml) {
    return References.problems(Manifest.all(yaml + SETTINGS), NO_VALUES);
  }

  private static List<String> applicationProblems(String yaml) throws IOException {
    return Applications.problems(Manifest.all(yaml));
  }

  private static String with(String old, String fresh) {
    assertThat(SOUND).contains(old);
    return SOUND.replace(old, fresh);
  }

  @Test
  void haveNothingAgainstWhatIsSound() throws IOException {
    assertThat(apiProblems(SOUND + SETTINGS)).isEmpty();
    assertThat(podProblems(SOUND)).isEmpty();
    assertThat(references(SOUND)).isEmpty();
    assertThat(applicationProblems(SOUND + SETTINGS)).isEmpty();
  }

  @Test
  void findFieldsThatKubernetesDoesNotHave() {
    assertThat(apiProblems(with("image: i", "image: i\n          imagePolicy: Always")))
        .singleElement()
        .asString()
        .contains("there is no field imagePolicy");
  }

  @Test
  void findNumbersWhereTextIsMeant() {
    assertThat(apiProblems(with("value: \"5\"", "value: 5")))
        .singleElement()
        .asString()
        .contains("5");
  }

  @Test
  void findWhatIsMissing() {
    assertThat(apiProblems(with("name: analyzer\n          image", "image")))
        .singleElement()
        .asString()
        .contains("lacks name");
  }

  @Test
  void findApisThatAreGone() {
    String gone = "{apiVersion: policy/v1beta1, kind: PodDisruptionBudget, metadata: {name: a}}";

    assertThat(apiProblems(gone)).singleElement().asString().contains("policy/v1beta1");
  }

  @Test
  void findFieldsThatOperatorsDoNotHave() {
    String scaled =
        """
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata: {name: a}
        spec:
          scaleTargetRef: {name: a}
          maxReplicas: 3
          triggers:
            - type: kafka
              metadata: {bootstrapServers: k, consumerGroup: g, topic: t, lagThreshold: 5}
        """;

    assertThat(CustomResources.problems(Manifest.all(scaled).get(0)))
        .hasSize(2)
        .anyMatch(problem -> problem.contains("maxReplicas"))
        .anyMatch(problem -> problem.contains("lagThreshold"));
  }

  @Test
  void findPodsThatMayTooMuch() {
    assertThat(podProblems(with("readOnlyRootFilesystem: true,", ""))).hasSize(1);
    assertThat(podProblems(with("drop: [ALL]", "drop: [ALL], add: [NET_ADMIN]"))).hasSize(1);
    assertThat(
            podProblems(with("enableServiceLinks", "hostNetwork: true\n      enableServiceLinks")))
        .hasSize(1);
    assertThat(podProblems(with("limits: {memory: 1Gi}", "limits: {cpu: 1}"))).hasSize(1);
    assertThat(podProblems(with("automountServiceAccountToken: false", "restartPolicy: Always")))
        .hasSize(1);
    assertThat(podProblems(with("configMap: {name: settings}", "hostPath: {path: /}"))).hasSize(1);
  }

  @Test
  void findNamesOfNothing() {
    assertThat(references(with("matchLabels: {app: a}", "matchLabels: {app: b}"))).hasSize(1);
    assertThat(references(with("configMap: {name: settings}", "configMap: {name: other}")))
        .hasSize(1);
    assertThat(references(with("configMap: {name: settings}", "secret: {secretName: s}")))
        .hasSize(1);
    assertThat(references(with("{name: config, mountPath", "{name: conf, mountPath"))).hasSize(2);
    assertThat(references(with("serviceAccountName: default", "serviceAccountName: s"))).hasSize(1);
    assertThat(
            references(
                with("value: \"5\"", "valueFrom: {secretKeyRef: {name: kafka, key: password}}")))
        .hasSize(1);
  }

  @Test
  void findSettingsThatNoApplicationHas() throws IOException {
    String wrong =
        SETTINGS.replace("threads: 2", "thread: 2").replace("spring: {", "spring: {kafk: 1, ");

    assertThat(applicationProblems(SOUND + wrong)).hasSize(2);
    assertThat(applicationProblems(with("KAFKA_PASSWORD", "KAFKA_PASS") + SETTINGS)).hasSize(2);
    assertThat(applicationProblems(with("mountPath: /config", "mountPath: /other") + SETTINGS))
        .hasSize(1);
    assertThat(
            applicationProblems(
                with("image: i", "image: i\n          args: [--telemetry-inject.nonsense=1]")
                    + SETTINGS))
        .hasSize(1);
  }
}

package io.telemetryinject.deploy;

import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Kubernetes' own APIs, as its published description has them: what is not there, is missing or is
 * of another type is a problem. Only versions that are neither deprecated nor gone from the oldest
 * to the newest Kubernetes of the chart are known.
 */
final class ApiModels {
  private static final Map<String, Class<?>> KINDS =
      Map.ofEntries(
          Map.entry("v1/ConfigMap", V1ConfigMap.class),
          Map.entry("v1/Service", V1Service.class),
          Map.entry("v1/ServiceAccount", V1ServiceAccount.class),
          Map.entry("apps/v1/Deployment", V1Deployment.class),
          Map.entry("batch/v1/Job", V1Job.class),
          Map.entry("batch/v1/CronJob", V1CronJob.class),
          Map.entry("policy/v1/PodDisruptionBudget", V1PodDisruptionBudget.class),
          Map.entry("networking.k8s.io/v1/Ingress", V1Ingress.class),
          Map.entry("networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy.class),
          Map.entry("autoscaling/v2/HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class),
          Map.entry("rbac.authorization.k8s.io/v1/Role", V1Role.class),
          Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", V1RoleBinding.class));

  private final List<String> problems = new ArrayList<>();

  private ApiModels() {}

  static boolean know(Manifest manifest) {
    return KINDS.containsKey(manifest.api());
  }

  static List<String> problems(Manifest manifest) {
    ApiModels models = new ApiModels();
    Class<?> type = KINDS.get(manifest.api());
    if (type == null) {
      return List.of(manifest + ": " + manifest.api() + " is no API of these Kubernetes versions");
    }
    models.check(manifest.toString(), manifest.body(), type);
    return models.problems;
  }

  private void check(String place, JsonNode value, Type type) {
    if (value.isNull()) {
      problems.add(place + ": is null");
    } else if (type instanceof ParameterizedType generic) {
      checkAll(place, value, generic);
    } else if (type instanceof Class<?> model && isModel(model)) {
      checkFields(place, value, model);
    } else if (!fits(value, (Class<?>) type)) {
      problems.add(place + ": " + value + " is no " + ((Class<?>) type).getSimpleName());
    }
  }

  private void checkAll(String place, JsonNode value, ParameterizedType type) {
    Type element = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    boolean list = Collection.class.isAssignableFrom((Class<?>) type.getRawType());
    if (list ? !value.isArray() : !value.isObject()) {
      problems.add(place + ": is no " + (list ? "list" : "map"));
    } else if (list) {
      for (int i = 0; i < value.size(); i++) {
        check(place + "[" + i + "]", value.get(i), element);
      }
    } else {
      value.properties().forEach(e -> check(place + "." + e.getKey(), e.getValue(), element));
    }
  }

  private void checkFields(String place, JsonNode value, Class<?> model) {
    if (!value.isObject()) {
      problems.add(place + ": is no object");
      return;
    }
    Map<String, Type> fields = fields(model);
    for (var entry : value.properties()) {
      Type type = fields.get(entry.getKey());
      if (type == null) {
        problems.add(place + ": there is no field " + entry.getKey());
      } else {
        check(place + "." + entry.getKey(), entry.getValue(), type);
      }
    }
    for (Object required : required(model)) {
      if (!value.has(required.toString())) {
        problems.add(place + ": lacks " + required);
      }
    }
  }

  private static boolean isModel(Class<?> type) {
    return type.getPackageName().equals(V1Job.class.getPackageName());
  }

  private static Map<String, Type> fields(Class<?> model) {
    Map<String, Type> fields = new HashMap<>();
    for (Field field : model.getDeclaredFields()) {
      SerializedName name = field.getAnnotation(SerializedName.class);
      if (name != null) {
        fields.put(name.value(), field.getGenericType());
      }
    }
    return fields;
  }

  private static Collection<?> required(Class<?> model) {
    try {
      return (Collection<?>) model.getField("openapiRequiredFields").get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(model + " does not say what it requires", e);
    }
  }

  private static boolean fits(JsonNode value, Class<?> type) {
    if (type == String.class) {
      return value.isString();
    }
    if (type == Boolean.class) {
      return value.isBoolean();
    }
    if (type == Integer.class || type == Long.class) {
      return value.isIntegralNumber();
    }
    if (type == IntOrString.class) {
      return value.isString() || value.isIntegralNumber();
    }
    return type == Quantity.class && (value.isString() || value.isNumber());
  }
}

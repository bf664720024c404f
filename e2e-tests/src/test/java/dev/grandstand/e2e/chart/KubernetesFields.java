package dev.grandstand.e2e.chart;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Optional;

/**
 * Kubernetes' own schema of an object's fields (version 1.34): unknown fields, missing ones, wrong types. Types that
 * Kubernetes' OpenAPI is made into check its own kinds; those of the Gateway API and of Prometheus' operator are read into
 * fabric8's types, which know each field, but not which are required.
 */
final class KubernetesFields {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    private static final Map<String, Class<?>> OTHERS = Map.of(
            "gateway.networking.k8s.io/v1/HTTPRoute", HTTPRoute.class,
            "monitoring.coreos.com/v1/PodMonitor", PodMonitor.class,
            "monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class);

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .annotationIntrospector(new NothingBeside())
            .build();

    private KubernetesFields() {}

    /** What is wrong with it, in the words of whoever found it; empty if nothing is. */
    static Optional<String> complaint(Rendered object) {
        try {
            var other = OTHERS.get(object.apiVersion() + "/" + object.kind());
            if (other != null) {
                STRICT.readValue(object.json().toString(), other);
            } else {
                check(object);
            }
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(object + ": " + e.getMessage());
        }
    }

    private static void check(Rendered object) throws Exception {
        var version = object.apiVersion().substring(object.apiVersion().indexOf('/') + 1);
        var type = Class.forName(MODELS + version.substring(0, 1).toUpperCase() + version.substring(1) + object.kind());
        var json = JsonParser.parseString(object.json().toString());
        try {
            type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            // And each value into its field, for the types of what is no object.
            var read = JSON.getGson().fromJson(json, type);
            if (read == null) {
                throw new IllegalStateException("nothing was read");
            }
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** fabric8's types keep what they do not know in a map; here that is a mistake. */
    private static final class NothingBeside extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}

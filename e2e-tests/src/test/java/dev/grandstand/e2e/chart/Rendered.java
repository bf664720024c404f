package dev.grandstand.e2e.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One object of Kubernetes, as the chart renders it. */
record Rendered(JsonNode json) {

    String apiVersion() {
        return json.path("apiVersion").asText();
    }

    String kind() {
        return json.path("kind").asText();
    }

    String name() {
        return json.at("/metadata/name").asText();
    }

    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    /** Of a Deployment, a StatefulSet or a Pod; missing in anything else. */
    JsonNode podSpec() {
        return kind().equals("Pod") ? json.path("spec") : json.at("/spec/template/spec");
    }

    List<JsonNode> containers() {
        return elements(podSpec().path("containers")).toList();
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Override
    public String toString() {
        return kind() + "/" + name();
    }
}

package dev.grandstand.e2e.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code deploy/docker-compose.yml} says of the services only what they know. There is no engine here that would run it. */
class ComposeTest {

    private static final Pattern OURS = Pattern.compile("grandstand/([a-z-]+):\\$\\{GRANDSTAND_VERSION:-(.+)}");
    private static final Pattern PROBED = Pattern.compile("/dev/tcp/127\\.0\\.0\\.1/(\\d+)");
    private static final List<String> LIBRARIES = List.of("service-kit", "event-log", "media-client", "webrtc");

    private static Map<String, Map<String, Object>> services;

    /** By the name in the file: our module whose image it runs. */
    private static final Map<String, String> MODULES = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        var text = Files.readString(Commands.PROJECT.resolve("deploy/docker-compose.yml"));
        var file = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
        services = cast(file.get("services"));
        services.forEach((name, service) -> {
            var image = OURS.matcher(String.valueOf(service.get("image")));
            if (image.matches()) {
                MODULES.put(name, image.group(1));
            }
        });
    }

    @Test
    void everyServiceIsThereUnderTheNameOfItsImage() throws IOException {
        assertThat(MODULES.values())
                .containsExactlyInAnyOrder(
                        "signaling-svc", "room-svc", "chat-svc", "media-allocator-svc", "media-relay");
        for (var module : MODULES.values()) {
            assertThat(pom(module)).contains("<jib.skip>false</jib.skip>");
        }
        var version = Pattern.compile("<version>(.+?)</version>").matcher(pom("."));
        assertThat(version.find()).isTrue();
        for (var name : MODULES.keySet()) {
            assertThat((String) services.get(name).get("image")).endsWith(":-" + version.group(1) + "}");
        }
        assertThat(services.get("kafka").get("image"))
                .as("the clients' version")
                .isEqualTo("apache/kafka:" + property("kafka.version"));
        assertThat(services.get("kurento").get("image"))
                .isEqualTo("kurento/kurento-media-server:" + property("kurento.version"));
    }

    @Test
    void everyVariableIsReadByItsServiceAndDocumented() throws IOException {
        var documented = Files.readString(Commands.PROJECT.resolve("docs/configuration.md"));
        for (var entry : MODULES.entrySet()) {
            var read = sources(entry.getValue());
            Map<String, Object> environment = cast(services.get(entry.getKey()).get("environment"));
            assertThat(environment.keySet())
                    .allSatisfy(variable -> assertThat(read).contains("\"" + variable + "\""))
                    .allSatisfy(variable -> assertThat(documented).contains("`" + variable + "`"));
            assertThat(environment.values()).as("numbers are quoted").allMatch(String.class::isInstance);
        }
    }

    @Test
    void everyServiceOfOursIsProbedAndHasNoPrivilege() {
        for (var name : MODULES.keySet()) {
            var service = services.get(name);
            assertThat(service)
                    .as(name)
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"))
                    // Native libraries are unpacked there.
                    .containsEntry("tmpfs", List.of("/tmp:exec,mode=1777"));
            assertThat(String.valueOf(service.get("healthcheck"))).contains("/health/ready");
        }
        assertThat(services.entrySet())
                .filteredOn(service -> !service.getKey().equals("kurento"))
                .allSatisfy(
                        service -> assertThat(probedPort(service.getValue())).isPositive());
    }

    @Test
    void portsAreThoseThatTheImagesOpen() throws IOException {
        for (var entry : MODULES.entrySet()) {
            var service = services.get(entry.getKey());
            var open = new ArrayList<>(
                    List.of(property(entry.getValue(), "jib.container.ports").split(",")));
            Map<String, Object> environment = cast(service.get("environment"));
            environment.forEach((variable, value) -> {
                if (variable.endsWith("_PORT")) {
                    open.add((String) value);
                }
            });
            assertThat(open).contains(String.valueOf(probedPort(service)));
            for (var published : (List<?>) service.getOrDefault("ports", List.of())) {
                var parts = ((String) published).replace("/udp", "").split(":");
                assertThat(open).contains(parts[parts.length - 1]);
            }
        }
    }

    @Test
    void whatIsWaitedForIsThereAndCanBeSeenToBeHealthy() {
        for (var service : services.values()) {
            Map<String, Object> needed = cast(service.getOrDefault("depends_on", Map.of()));
            assertThat(services.keySet()).containsAll(needed.keySet());
            assertThat(needed.keySet()).allMatch(other -> services.get(other).containsKey("healthcheck"));
        }
    }

    private static int probedPort(Map<String, Object> service) {
        var port = PROBED.matcher(String.valueOf(service.get("healthcheck")));
        return port.find() ? Integer.parseInt(port.group(1)) : 0;
    }

    private static String pom(String module) throws IOException {
        return Files.readString(Commands.PROJECT.resolve(module).resolve("pom.xml"));
    }

    private static String property(String name) throws IOException {
        return property(".", name);
    }

    private static String property(String module, String name) throws IOException {
        var value = Pattern.compile("<" + Pattern.quote(name) + ">(.+?)<").matcher(pom(module));
        assertThat(value.find()).as("%s in the pom of %s", name, module).isTrue();
        return value.group(1);
    }

    /** All that it is compiled of. */
    private static String sources(String module) {
        return Stream.concat(Stream.of(module), LIBRARIES.stream())
                .map(one -> Commands.PROJECT.resolve(one).resolve("src/main/java"))
                .flatMap(ComposeTest::files)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> files(Path folder) {
        var texts = new ArrayList<String>();
        try (var all = Files.walk(folder)) {
            for (var file :
                    all.filter(path -> path.toString().endsWith(".java")).toList()) {
                texts.add(Files.readString(file));
            }
        } catch (IOException e) {
            throw new AssertionError("no sources in " + folder, e);
        }
        return texts.stream();
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }
}

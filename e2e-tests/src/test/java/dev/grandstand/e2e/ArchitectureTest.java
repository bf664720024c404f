package dev.grandstand.e2e;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may use whom: a whitelist, so that a new dependency is a decision that somebody writes down here. Services know
 * the shared modules and nothing of each other; what they tell each other goes through Kafka.
 */
class ArchitectureTest {

    private static final String ROOT = "dev.grandstand.";

    /** Allowed everywhere: the JDK and the null annotations. */
    private static final List<String> EVERYWHERE = List.of("java.", "javax.", "org.jspecify.");

    /** Each library, and so each of its packages, is named once. */
    private enum Library {
        JACKSON("com.fasterxml.jackson."),
        VERTX("io.vertx."),
        NETTY("io.netty."),
        KAFKA("org.apache.kafka.", "kafka."),
        KURENTO("org.kurento.", "com.google.gson."),
        ICE("org.ice4j.", "org.jitsi."),
        DTLS("org.bouncycastle."),
        KUBERNETES("io.fabric8."),
        METRICS("io.micrometer."),
        LOGS("org.slf4j."),
        COLLECTIONS("org.pcollections."),
        YAML("org.snakeyaml."),
        PROCESS_FIGURES("com.sun.management.");

        private final List<String> packages;

        Library(String... packages) {
            this.packages = List.of(packages);
        }
    }

    private enum Module {
        PROTOCOL("protocol", Set.of(), Library.JACKSON),
        SERVICE_KIT("servicekit", Set.of(), Library.VERTX, Library.METRICS, Library.LOGS),
        EVENT_LOG(
                "eventlog",
                Set.of("protocol", "servicekit"),
                Library.JACKSON,
                Library.VERTX,
                Library.KAFKA,
                Library.METRICS,
                Library.LOGS),
        MEDIA_CLIENT("mediaclient", Set.of("protocol"), Library.VERTX, Library.KURENTO, Library.LOGS),
        WEBRTC("webrtc", Set.of(), Library.ICE, Library.DTLS, Library.LOGS),
        MEDIA_RELAY(
                "relay",
                Set.of("webrtc", "servicekit"),
                Library.JACKSON,
                Library.VERTX,
                Library.NETTY,
                Library.METRICS,
                Library.LOGS,
                Library.PROCESS_FIGURES),
        ROOM_SVC(
                "room",
                Set.of("protocol", "eventlog", "servicekit"),
                Library.VERTX,
                Library.METRICS,
                Library.LOGS,
                Library.COLLECTIONS),
        CHAT_SVC(
                "chat",
                Set.of("protocol", "eventlog", "servicekit"),
                Library.VERTX,
                Library.METRICS,
                Library.LOGS,
                Library.COLLECTIONS),
        ALLOCATOR_SVC(
                "allocator",
                Set.of("protocol", "eventlog", "servicekit", "mediaclient"),
                Library.VERTX,
                Library.KUBERNETES,
                Library.METRICS,
                Library.LOGS,
                Library.COLLECTIONS,
                Library.YAML),
        SIGNALING_SVC(
                "signaling",
                Set.of("protocol", "eventlog", "servicekit", "mediaclient"),
                Library.JACKSON,
                Library.VERTX,
                Library.NETTY,
                Library.METRICS,
                Library.LOGS),
        LOAD_AGENT("loadagent", Set.of("protocol", "servicekit", "webrtc"), Library.VERTX, Library.LOGS),
        ALL_IN_ONE(
                "allinone",
                Set.of("eventlog", "servicekit", "mediaclient", "relay", "room", "chat", "allocator", "signaling"),
                Library.VERTX,
                Library.LOGS);

        private final String name;
        private final Set<String> modules;
        private final List<String> libraries;

        Module(String name, Set<String> modules, Library... libraries) {
            this.name = name;
            this.modules = modules;
            this.libraries = Arrays.stream(libraries)
                    .flatMap(library -> library.packages.stream())
                    .toList();
        }

        private boolean owns(JavaClass type) {
            return moduleOf(type).equals(name);
        }

        private boolean mayUse(JavaClass type) {
            return type.getPackageName().startsWith(ROOT)
                    ? owns(type) || modules.contains(moduleOf(type))
                    : Stream.concat(EVERYWHERE.stream(), libraries.stream())
                            .anyMatch(allowed -> type.getName().startsWith(allowed));
        }
    }

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.grandstand");
    }

    @ParameterizedTest
    @EnumSource
    void aModuleUsesOnlyWhatItMay(Module module) {
        var own = classes.stream().filter(module::owns).toList();

        assertThat(own).as("the classes of " + module.name).isNotEmpty();
        assertThat(uses(own, not(module::mayUse))).isEmpty();
    }

    @Test
    void everyModuleIsOnTheList() {
        var found = classes.stream().map(ArchitectureTest::moduleOf).collect(Collectors.toCollection(TreeSet::new));

        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Module.values())
                        .map(module -> module.name)
                        .toList());
    }

    /** Rules that know no clock, no network and no log: they replay to the same facts, in a test or after a crash. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.grandstand.protocol",
                "dev.grandstand.allocator.fleet",
                "dev.grandstand.allocator.scaling",
                "dev.grandstand.room.Room",
                "dev.grandstand.room.RoomRules",
                "dev.grandstand.room.RoomDecider",
                "dev.grandstand.room.RoomParts",
                "dev.grandstand.room.Lifecycle",
                "dev.grandstand.room.Presence",
                "dev.grandstand.room.ModerationRules",
                "dev.grandstand.room.People",
                "dev.grandstand.room.Stage",
                "dev.grandstand.room.StageRules",
                "dev.grandstand.room.VisitRules",
                "dev.grandstand.chat.Chat",
                "dev.grandstand.chat.ChatDecider",
                "dev.grandstand.chat.ChatParts",
                "dev.grandstand.chat.History",
                "dev.grandstand.chat.Moderating",
                "dev.grandstand.chat.Policy",
                "dev.grandstand.chat.Speaker",
                "dev.grandstand.chat.Tally"
            })
    void rulesArePure(String rules) {
        var pure = classes.stream().filter(type -> isOf(rules, type)).toList();

        assertThat(pure).as("the classes of " + rules).isNotEmpty();
        assertThat(uses(pure, ArchitectureTest::isImpure)).isEmpty();
    }

    private static boolean isOf(String rules, JavaClass type) {
        return type.getName().equals(rules)
                || type.getName().startsWith(rules + "$")
                || type.getName().startsWith(rules + ".");
    }

    private static boolean isImpure(JavaClass type) {
        return Stream.of(
                        "io.vertx.",
                        "org.apache.kafka.",
                        "org.kurento.",
                        "org.slf4j.",
                        "java.net.http.",
                        "java.time.Clock")
                .anyMatch(impure -> type.getName().startsWith(impure));
    }

    /** Readable in a failure: "A uses B". */
    private static Set<String> uses(List<JavaClass> types, Predicate<JavaClass> what) {
        return types.stream()
                .flatMap(
                        type -> dependencies(type).filter(what).map(used -> type.getName() + " uses " + used.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<JavaClass> dependencies(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .map(JavaClass::getBaseComponentType)
                .filter(not(JavaClass::isPrimitive));
    }

    private static String moduleOf(JavaClass type) {
        var below =
                type.getPackageName().startsWith(ROOT) ? type.getPackageName().substring(ROOT.length()) : "";
        var end = below.indexOf('.');
        return end < 0 ? below : below.substring(0, end);
    }
}

package dev.grandstand.e2e.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The media relay's image: built to a tar file by {@code ./grandstand images}, upon a base of Debian's packages. */
class ImagesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path BASE = Path.of("target", "images", "base.tar").toAbsolutePath();
    private static final int SET_ID = 06000;
    private static final int STICKY = 01000;
    private static final int OTHERS_WRITE = 02;
    private static final int OTHERS_READ = 04;

    @TempDir
    private static Path folder;

    private static UnpackedImage image;

    @BeforeAll
    static void buildAndUnpack() throws Exception {
        if (!Files.exists(BASE)) {
            Commands.run("deploy/base-image.sh", BASE.toString());
        }
        // What was compiled for this very run is taken as it is.
        Commands.run(
                "./grandstand", "images", "media-relay", "--built", "--base", BASE.toString(), "--tar", "" + folder);
        image = UnpackedImage.of(folder.resolve("media-relay.tar"), folder.resolve("image"));
    }

    @Test
    void itSaysWhatItIsAndRunsAsNobodyInParticular() {
        assertThat(image.config().getString("User")).isEqualTo("10001:10001");
        assertThat(image.strings("Entrypoint"))
                .startsWith("java")
                .endsWith("dev.grandstand.relay.Main")
                .contains("-XX:AOTCache=/app/start.aot");
        assertThat(image.config().getJsonObject("ExposedPorts").fieldNames()).containsExactly("8888/tcp");
        assertThat(image.config().getJsonObject("Labels").getMap())
                .containsEntry("org.opencontainers.image.title", "media-relay")
                .containsEntry("org.opencontainers.image.licenses", "Apache-2.0")
                .containsKeys("org.opencontainers.image.version", "org.opencontainers.image.description");
        assertThat(image.document().getString("created"))
                .as("the same whenever it is built")
                .isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void nothingInItCanBeWrittenByItsUserOrRaisesThem() throws Exception {
        for (var path : image.files()) {
            var name = image.within(path);
            int mode = (int) Files.getAttribute(path, "unix:mode");
            if (Files.isRegularFile(path)) {
                assertThat(mode & SET_ID).as("set-id bits of %s", name).isZero();
            }
            if ((mode & STICKY) == 0) {
                assertThat(mode & OTHERS_WRITE).as("others may write %s", name).isZero();
            }
            if (name.startsWith("/app")) {
                assertThat(mode & OTHERS_READ).as("others may read %s", name).isNotZero();
            }
            assertThat(Files.getAttribute(path, "unix:uid"))
                    .as("owner of %s", name)
                    .isNotEqualTo(10001);
        }
    }

    /** Java starts with the archive or not at all: {@code AOTMode=on}. */
    @Test
    void itRunsReadOnlyWithItsStartUpArchiveTillItIsAskedToEnd() throws Exception {
        int health = freePort();
        var variables = Map.of(
                "GRANDSTAND_RELAY_HOST", "127.0.0.1",
                "GRANDSTAND_RELAY_PORT", "0",
                "GRANDSTAND_RELAY_HEALTH_PORT", Integer.toString(health),
                "JAVA_TOOL_OPTIONS", "-XX:AOTMode=on");
        try (var container = Container.start(image, variables, folder.resolve("relay.log"))) {
            await().atMost(PATIENCE).until(() -> {
                assertThat(container.isAlive()).as(container::log).isTrue();
                return Container.status(health, "/health/ready") == 200;
            });
            if (isRoot()) {
                assertThat(List.of(container.known("Uid").split("\\s+"))).containsOnly("10001");
                assertThat(container.known("CapEff")).matches("0+");
            }
            await("OpenSSL's ciphers to be loaded").atMost(PATIENCE).until(() -> Files.readString(
                            Path.of("/proc", container.pid() + "", "maps"))
                    .contains("libcrypto"));
            assertThat(container.log()).contains("ready").doesNotContain("[error]", "[warning]", "WARN", "ERROR");
            assertThat(container.endsWithin(PATIENCE.toSeconds())).isTrue();
            assertThat(container.log()).contains("stopped");
        }
        assertThat(Set.of(image.root().resolve("tmp").toFile().list()))
                .as("left behind outside of memory")
                .isEmpty();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}

package dev.grandstand.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptSecretIT {

    @TempDir
    private Path folder;

    @Test
    void itIsMadeOnceAndForItsOwnerOnly() throws IOException {
        var data = folder.resolve("not/there/yet");

        var first = KeptSecret.in(data);

        assertThat(first).hasSizeGreaterThanOrEqualTo(32);
        assertThat(KeptSecret.in(data)).isEqualTo(first);
        assertThat(permissions(data)).isEqualTo("rw-------");
        try (var files = Files.list(data)) {
            assertThat(files).containsExactly(data.resolve("secret"));
        }
    }

    @Test
    void everyFolderHasItsOwn() throws IOException {
        assertThat(KeptSecret.in(folder.resolve("a"))).isNotEqualTo(KeptSecret.in(folder.resolve("b")));
    }

    @Test
    void whatOthersCouldReadTheyCannotReadAnyMore() throws IOException {
        KeptSecret.in(folder);
        Files.setPosixFilePermissions(folder.resolve("secret"), PosixFilePermissions.fromString("rw-r--r--"));

        KeptSecret.in(folder);

        assertThat(permissions(folder)).isEqualTo("rw-------");
    }

    @Test
    void aFileThatIsNoSecretIsRefused() throws IOException {
        Files.writeString(folder.resolve("secret"), "short");

        assertThatThrownBy(() -> KeptSecret.in(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no secret")
                .hasMessageNotContaining("short");
    }

    private static String permissions(Path data) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("secret")));
    }
}

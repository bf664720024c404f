package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumTest {

    @TempDir
    private Path folder;

    @Test
    void theVariableComesFirst() throws IOException {
        var told = program("told/my-chrome");
        var onPath = program("bin/chromium");

        assertThat(Chromium.find(
                        Map.of(
                                Chromium.VARIABLE,
                                told.toString(),
                                "PATH",
                                onPath.getParent().toString()),
                        List.of()))
                .isEqualTo(told);
    }

    @Test
    void aVariableThatNamesNoProgramIsAnErrorEvenWithAnotherBrowserAtHand() throws IOException {
        var onPath = program("bin/chromium");

        assertThatIllegalStateException()
                .isThrownBy(() -> Chromium.find(
                        Map.of(
                                Chromium.VARIABLE,
                                "/nowhere",
                                "PATH",
                                onPath.getParent().toString()),
                        List.of()))
                .withMessageContaining(Chromium.VARIABLE);
    }

    @Test
    void thePathIsSearched() throws IOException {
        var chrome = program("bin/google-chrome");

        assertThat(Chromium.find(Map.of("PATH", "/nowhere:" + chrome.getParent()), List.of()))
                .isEqualTo(chrome);
    }

    @Test
    void theUsualPlacesAreSearched() throws IOException {
        var chrome = program("opt/chrome");

        assertThat(Chromium.find(Map.of(), List.of("/nowhere/chrome", chrome.toString())))
                .isEqualTo(chrome);
    }

    @Test
    void theNewestDownloadOfPlaywrightIsTaken() throws IOException {
        program(".cache/ms-playwright/chromium-1100/chrome-linux/chrome");
        var newest = program(".cache/ms-playwright/chromium-1200/chrome-linux64/chrome");

        assertThat(Chromium.find(Map.of("HOME", folder.toString()), List.of())).isEqualTo(newest);
    }

    @Test
    void withoutAnyTheMessageSaysHowToGetOne() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Chromium.find(Map.of("PATH", folder.toString()), List.of()))
                .withMessageContaining("install")
                .withMessageContaining("./grandstand test");
    }

    private Path program(String name) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}

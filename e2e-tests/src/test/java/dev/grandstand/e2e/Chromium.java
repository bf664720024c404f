package dev.grandstand.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where this machine has a Chromium. */
final class Chromium {

    static final String VARIABLE = "GRANDSTAND_CHROMIUM";

    private static final List<String> NAMES =
            List.of("chromium", "google-chrome", "chromium-browser", "google-chrome-stable", "chrome");
    private static final List<String> USUAL_PLACES = List.of(
            "/usr/bin/chromium",
            "/usr/bin/google-chrome",
            "/usr/lib/chromium/chromium",
            "/opt/google/chrome/chrome",
            "/snap/bin/chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium");

    /** Below a folder of Playwright's own downloads, {@code chromium-1234}. */
    private static final List<String> IN_A_DOWNLOAD = List.of(
            "chrome-linux64/chrome",
            "chrome-linux/chrome",
            "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
            "chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing");

    private Chromium() {}

    /** @throws IllegalStateException in one line, when there is none: browser tests are never skipped */
    static Path find() {
        return find(System.getenv(), USUAL_PLACES);
    }

    static Path find(Map<String, String> env, List<String> usualPlaces) {
        var told = env.getOrDefault(VARIABLE, "");
        if (!told.isBlank()) {
            return Optional.of(Path.of(told))
                    .filter(Files::isExecutable)
                    .orElseThrow(() -> new IllegalStateException(VARIABLE + " is " + told + ", which is no program"));
        }
        return Stream.of(onPath(env), usualPlaces.stream().map(Path::of), downloaded(env))
                .flatMap(places -> places)
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("No Chromium was found: install the package chromium, set " + VARIABLE
                                + " to a Chrome or Chromium program, or run ./grandstand test, which provides one."));
    }

    private static Stream<Path> onPath(Map<String, String> env) {
        return NAMES.stream()
                .flatMap(name -> Arrays.stream(env.getOrDefault("PATH", "").split(File.pathSeparator))
                        .filter(folder -> !folder.isBlank())
                        .map(folder -> Path.of(folder, name)));
    }

    private static Stream<Path> downloaded(Map<String, String> env) {
        var home = env.getOrDefault("HOME", "");
        return Stream.of(
                        env.getOrDefault("PLAYWRIGHT_BROWSERS_PATH", ""),
                        home + "/.cache/ms-playwright",
                        home + "/Library/Caches/ms-playwright")
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .filter(Files::isDirectory)
                .flatMap(Chromium::newestFirst)
                .flatMap(folder -> IN_A_DOWNLOAD.stream().map(folder::resolve));
    }

    private static Stream<Path> newestFirst(Path downloads) {
        try (var found = Files.list(downloads)) {
            return found
                    .filter(folder -> folder.getFileName().toString().startsWith("chromium-"))
                    .sorted((a, b) -> b.compareTo(a))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

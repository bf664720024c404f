package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The tests of the pages' modules, which are JavaScript themselves: run by the Node.js that Playwright brings along. */
class JavaScriptIT {

    private static final Path TESTS = Path.of("..", "web-client", "src", "test", "js");
    private static final Path OUTPUT = Path.of("target", "javascript-tests.txt");
    private static final long PATIENCE_SECONDS = 60;

    @Test
    void theTestsOfTheModulesPass() throws IOException, InterruptedException {
        var driver = Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false);
        var windows = System.getProperty("os.name").startsWith("Windows");
        List<String> command = new ArrayList<>();
        command.add(driver.driverDir().resolve(windows ? "node.exe" : "node").toString());
        command.add("--test");
        try (var files = Files.list(TESTS)) {
            files.map(Path::toString)
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .forEach(command::add);
        }
        assertThat(command).as("tests found").hasSizeGreaterThan(2);

        var node = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(OUTPUT.toFile())
                .start();
        try {
            assertThat(node.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("the tests ended in time")
                    .isTrue();
            assertThat(node.exitValue()).as(Files.readString(OUTPUT)).isZero();
        } finally {
            node.destroyForcibly();
        }
    }
}

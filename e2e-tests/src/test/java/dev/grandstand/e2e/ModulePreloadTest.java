package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser learns from a page of all modules that it will need, and of no others. */
class ModulePreloadTest {

    private static final Path WEBROOT = Path.of("..", "web-client", "src", "main", "resources", "webroot");
    private static final Pattern SCRIPT = Pattern.compile("<script type=\"module\"[^>]* src=\"/([^\"]+)\"");
    private static final Pattern PRELOAD = Pattern.compile("<link rel=\"modulepreload\" href=\"/([^\"]+)\"");
    private static final Pattern IMPORT = Pattern.compile("(?m)^(?:import|export) [^;]*?from '([^']+)'");

    @ParameterizedTest
    @ValueSource(strings = {"room.html", "index.html", "sdk.html", "console.html"})
    void everyModuleOfAPageIsPreloadedAndNoOther(String page) throws IOException {
        var html = Files.readString(WEBROOT.resolve(page));
        var scripts = all(SCRIPT, html);
        var needed = new LinkedHashSet<String>();
        for (var script : scripts) {
            collect(script, needed);
        }
        needed.removeAll(scripts);

        assertThat(scripts).isNotEmpty();
        assertThat(needed).isNotEmpty();
        assertThat(all(PRELOAD, html)).containsExactlyInAnyOrderElementsOf(needed);
    }

    private static void collect(String module, Collection<String> needed) throws IOException {
        if (!needed.add(module)) {
            return;
        }
        var file = WEBROOT.resolve(module);
        for (var imported : all(IMPORT, Files.readString(file))) {
            var target = WEBROOT.relativize(file.resolveSibling(imported).normalize());
            collect(target.toString().replace('\\', '/'), needed);
        }
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}

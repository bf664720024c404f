package dev.grandstand.servicekit;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Configuration from variables. Each service parses it once, in {@code main}, into a record of its own; a value that
 * cannot be used is refused there, by the variable's name. An empty value counts as absent.
 */
public final class Env {

    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h)");

    private final Map<String, String> variables;

    /** Variables that are given, as a test does. */
    public Env(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** The variables of this process. */
    public static Env system() {
        return new Env(System.getenv());
    }

    /** The same with some more, which win. */
    public Env with(Map<String, String> more) {
        var all = new TreeMap<>(variables);
        all.putAll(more);
        return new Env(all);
    }

    /** A text as it stands. */
    public String text(String name, String otherwise) {
        return find(name).orElse(otherwise);
    }

    /** @throws BadConfiguration if it is no whole number from {@code min} to {@code max} */
    public int integer(String name, int otherwise, int min, int max) {
        return parse(name, otherwise, "a whole number from " + min + " to " + max, text -> {
            var number = Integer.parseInt(text);
            return number < min || number > max ? Optional.empty() : Optional.of(number);
        });
    }

    /** @throws BadConfiguration if it is no port; 0 asks for a free one */
    public int port(String name, int otherwise) {
        return integer(name, otherwise, 0, 65_535);
    }

    /** @throws BadConfiguration if it is neither {@code true} nor {@code false} */
    public boolean flag(String name, boolean otherwise) {
        return parse(name, otherwise, "true or false", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /** @throws BadConfiguration if it has not the form of {@code 250ms}, {@code 20s}, {@code 5m} or {@code 4h} */
    public Duration duration(String name, Duration otherwise) {
        return parse(name, otherwise, "a duration such as 250ms, 20s, 5m or 4h", text -> {
            var parts = DURATION.matcher(text);
            if (!parts.matches()) {
                return Optional.empty();
            }
            var amount = Long.parseLong(parts.group(1));
            return Optional.of(
                    switch (parts.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        default -> Duration.ofHours(amount);
                    });
        });
    }

    /** Texts joined by commas. */
    public List<String> list(String name, List<String> otherwise) {
        return find(name)
                .map(text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList())
                .orElse(otherwise);
    }

    /** @throws BadConfiguration if one of them is no absolute URI */
    public List<URI> uris(String name, List<URI> otherwise) {
        return parse(name, otherwise, "absolute URIs joined by commas", text -> {
            var uris = list(name, List.of()).stream().map(Env::absolute).toList();
            return uris.stream().allMatch(Optional::isPresent)
                    ? Optional.of(uris.stream().flatMap(Optional::stream).toList())
                    : Optional.empty();
        });
    }

    private static Optional<URI> absolute(String text) {
        try {
            return Optional.of(new URI(text)).filter(uri -> uri.isAbsolute() && uri.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private Optional<String> find(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    private <T> T parse(String name, T otherwise, String expected, Function<String, Optional<T>> parser) {
        return find(name)
                .map(text -> {
                    try {
                        return parser.apply(text).orElseThrow(() -> new BadConfiguration(name, text, expected));
                    } catch (NumberFormatException e) {
                        throw new BadConfiguration(name, text, expected);
                    }
                })
                .orElse(otherwise);
    }
}

package dev.grandstand.allocator;

import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.scaling.ScheduledShow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Announced shows as a file holds them, in YAML 1.2 and so in JSON, too: a list, by itself or called {@code shows}, of {@code id},
 * {@code room}, {@code startsAt}, {@code endsAt} and {@code audience}.
 *
 * @param shows those that are good
 * @param faults what is wrong with the others, in words, for operators
 */
record ShowsText(List<ScheduledShow> shows, List<String> faults) {

    /** @throws BadValue if it is no list of shows at all */
    static ShowsText parsed(String text) {
        var shows = new ArrayList<ScheduledShow>();
        var faults = new ArrayList<String>();
        int number = 0;
        for (var entry : entries(text)) {
            number++;
            try {
                if (!(entry instanceof Map)) {
                    throw new BadValue("it has no fields");
                }
                shows.add(Announcement.parsed(Json.encode(entry)).show());
            } catch (BadValue e) {
                faults.add("show " + number + ": " + e.getMessage());
            }
        }
        return new ShowsText(shows, faults);
    }

    private static List<?> entries(String text) {
        Object document;
        try {
            document = new Load(LoadSettings.builder().build()).loadFromString(text);
        } catch (YamlEngineException e) {
            throw new BadValue("neither YAML nor JSON: " + e.getMessage());
        }
        if (document == null) {
            return List.of();
        }
        if (document instanceof List<?> list) {
            return list;
        }
        if (document instanceof Map<?, ?> map && map.get("shows") instanceof List<?> list) {
            return list;
        }
        throw new BadValue("there is no list called shows");
    }
}

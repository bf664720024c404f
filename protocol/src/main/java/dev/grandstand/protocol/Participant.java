package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a room, as everybody else may see them.
 *
 * @param id who
 * @param name what they call themselves
 * @param role what they may do
 * @param silenced what moderators have taken from them, where somebody is told of it who was not there; absent if nothing, and
 *     in every event: those who are there know it from the event that did it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Participant(
        ParticipantId id,
        DisplayName name,
        Role role,
        @Nullable Silenced silenced) {

    /** Somebody from whom nothing was taken, as far as it matters. */
    public Participant(ParticipantId id, DisplayName name, Role role) {
        this(id, name, role, null);
    }

    /** The same participant under another name. */
    public Participant renamed(DisplayName newName) {
        return new Participant(id, newName, role, silenced);
    }

    /** The same participant in another role. */
    public Participant as(Role newRole) {
        return new Participant(id, name, newRole, silenced);
    }

    /** The same participant, and what was taken from them. */
    public Participant with(Silenced taken) {
        return new Participant(id, name, role, taken);
    }
}

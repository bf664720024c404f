package dev.grandstand.protocol;

/**
 * Somebody in a room, as everybody else may see them.
 *
 * @param id who
 * @param name what they call themselves
 * @param role what they may do
 */
public record Participant(ParticipantId id, DisplayName name, Role role) {

    /** The same participant under another name. */
    public Participant renamed(DisplayName newName) {
        return new Participant(id, newName, role);
    }

    /** The same participant in another role. */
    public Participant as(Role newRole) {
        return new Participant(id, name, newRole);
    }
}

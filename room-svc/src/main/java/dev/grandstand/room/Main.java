package dev.grandstand.room;

import dev.grandstand.servicekit.Launch;

/** Runs room-svc as a process of its own. */
public final class Main {

    private Main() {}

    /** Configured by variables, see {@link RoomConfig}. */
    public static void main(String[] arguments) {
        Launch.main(RoomConfig::from, RoomService::new);
    }
}

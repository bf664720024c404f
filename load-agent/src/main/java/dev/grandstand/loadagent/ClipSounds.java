package dev.grandstand.loadagent;

import dev.grandstand.loadagent.clip.Clip.Sound;
import java.util.List;

/** A clip's sound, again and again. */
final class ClipSounds implements Sounds {

    private static final long NANOS_PER_1000_TICKS = 20_833_333;

    private final List<Sound> sounds;
    private int next;
    private int timestamp;

    ClipSounds(List<Sound> sounds) {
        this.sounds = sounds;
    }

    @Override
    public Packet next() {
        var sound = sounds.get(next);
        next = (next + 1) % sounds.size();
        var packet = new Packet(sound.data(), timestamp, sound.length().toNanos());
        timestamp += (int) (sound.length().toNanos() * 1_000 / NANOS_PER_1000_TICKS);
        return packet;
    }
}

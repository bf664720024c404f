package dev.grandstand.loadagent;

import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.RtcPeer;
import dev.grandstand.webrtc.RtcPeerListener;
import dev.grandstand.webrtc.sdp.Codec;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends picture and sound at their times, from the moment the connection stands until it ends. Behind its time
 * it catches up, by a few frames at most: a machine that is busy sends less, as a camera would.
 */
final class OnAir implements RtcPeerListener {

    private static final long TICK_MILLIS = 5;
    private static final long CATCH_UP_NANOS = 200_000_000;

    private final Vertx vertx;
    private final Context context;
    private final Runnable started;
    private final Pictures pictures;
    private final Sounds sounds;
    private final String codec;
    private final List<RtcPeer> peers = new ArrayList<>(2);
    private long pictureDue;
    private long soundDue;
    private long timer = -1;
    private boolean stopped;
    private volatile boolean sending;
    private volatile boolean keyframeWanted = true;
    private volatile long allowed = Long.MAX_VALUE;
    private volatile long frames;
    private volatile long keyframes;

    OnAir(Vertx vertx, Programme programme, Runnable started) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.started = started;
        this.pictures = programme.pictures();
        this.sounds = programme.sounds();
        this.codec = programme.video().name();
    }

    void use(RtcPeer given) {
        context.runOnContext(now -> peers.add(given));
    }

    void drop(RtcPeer gone) {
        context.runOnContext(now -> peers.remove(gone));
    }

    @Override
    public void connected() {
        context.runOnContext(now -> {
            if (!stopped && timer < 0) {
                pictureDue = System.nanoTime();
                soundDue = pictureDue;
                timer = vertx.setPeriodic(TICK_MILLIS, tick -> sendDue(System.nanoTime()));
            }
            if (!stopped) {
                keyframeWanted = true;
                sending = true;
                started.run();
            }
        });
    }

    /** Another connection may follow; until then what is sent goes nowhere. */
    @Override
    public void disconnected() {
        context.runOnContext(now -> sending = false);
    }

    @Override
    public void keyframeRequested() {
        keyframeWanted = true;
    }

    @Override
    public void bandwidthEstimated(long bitsPerSecond) {
        allowed = bitsPerSecond;
    }

    private void sendDue(long now) {
        if (peers.isEmpty()) {
            return;
        }
        pictureDue = Math.max(pictureDue, now - CATCH_UP_NANOS);
        soundDue = Math.max(soundDue, now - CATCH_UP_NANOS);
        while (pictureDue <= now) {
            pictureDue += sendFrame();
        }
        while (soundDue <= now) {
            var packet = sounds.next();
            soundDue += packet.nanos();
            send(MediaKind.AUDIO, "opus", packet.payload(), packet.timestamp(), false);
        }
    }

    private long sendFrame() {
        boolean wanted = keyframeWanted;
        keyframeWanted = false;
        var frame = pictures.next(wanted, allowed);
        frames++;
        keyframes += frame.keyframe() ? 1 : 0;
        var payloads = frame.payloads();
        for (int i = 0; i < payloads.size(); i++) {
            send(MediaKind.VIDEO, codec, payloads.get(i), frame.timestamp(), i == payloads.size() - 1);
        }
        return frame.nanos();
    }

    private void send(MediaKind kind, String codec, byte[] payload, int timestamp, boolean marker) {
        peers.forEach(to -> to.codec(kind, codec)
                .map(Codec::payloadType)
                .ifPresent(type -> to.send(kind, type, payload, timestamp, marker)));
    }

    void stop() {
        context.runOnContext(now -> {
            stopped = true;
            sending = false;
            if (timer >= 0) {
                vertx.cancelTimer(timer);
                timer = -1;
            }
        });
    }

    boolean sending() {
        return sending;
    }

    long frames() {
        return frames;
    }

    long keyframes() {
        return keyframes;
    }
}

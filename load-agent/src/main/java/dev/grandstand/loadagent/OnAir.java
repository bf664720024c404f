package dev.grandstand.loadagent;

import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.RtcPeer;
import dev.grandstand.webrtc.RtcPeerListener;
import dev.grandstand.webrtc.sdp.Codec;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Sends generated picture and sound at their times, from the moment the connection stands until it ends. Behind its time
 * it catches up, by a few frames at most: a machine that is busy sends less, as a camera would.
 */
final class OnAir implements RtcPeerListener {

    /** RTP clock of Opus in Hz (RFC 7587 section 4.1), and one packet of 20 ms. */
    private static final int SOUND_TICKS = 960;

    private static final long SOUND_NANOS = 20_000_000;
    private static final int SOUND_OCTETS = 80;
    private static final long TICK_MILLIS = 5;
    private static final long CATCH_UP_NANOS = 200_000_000;
    private static final int LEAST_BITRATE = 50_000;

    private final Vertx vertx;
    private final Context context;
    private final PictureShape wanted;
    private final Runnable started;
    private final Vp8Stream picture;
    private final byte[] sound = new byte[SOUND_OCTETS];
    private @Nullable RtcPeer peer;
    private long pictureDue;
    private long soundDue;
    private int soundTimestamp;
    private long timer = -1;
    private boolean stopped;
    private volatile boolean sending;
    private volatile boolean keyframeWanted = true;
    private volatile long allowed = Long.MAX_VALUE;
    private volatile long frames;
    private volatile long keyframes;

    OnAir(Vertx vertx, PictureShape shape, Runnable started) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.wanted = shape;
        this.started = started;
        this.picture = new Vp8Stream(shape, System.nanoTime());
        new Random().nextBytes(sound);
        // Opus, fullband, 20 ms, one frame (RFC 6716 section 3.1).
        sound[0] = (byte) 0xF8;
    }

    void use(RtcPeer given) {
        context.runOnContext(now -> peer = given);
    }

    @Override
    public void connected() {
        context.runOnContext(now -> {
            if (!stopped && timer < 0) {
                pictureDue = System.nanoTime();
                soundDue = pictureDue;
                timer = vertx.setPeriodic(TICK_MILLIS, tick -> sendDue(System.nanoTime()));
                sending = true;
                started.run();
            }
        });
    }

    @Override
    public void disconnected() {
        stop();
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
        var to = peer;
        if (to == null) {
            return;
        }
        pictureDue = Math.max(pictureDue, now - CATCH_UP_NANOS);
        soundDue = Math.max(soundDue, now - CATCH_UP_NANOS);
        while (pictureDue <= now) {
            pictureDue += 1_000_000_000L / wanted.framesPerSecond();
            sendFrame(to);
        }
        while (soundDue <= now) {
            soundDue += SOUND_NANOS;
            soundTimestamp += SOUND_TICKS;
            send(to, MediaKind.AUDIO, "opus", sound, soundTimestamp, false);
        }
    }

    private void sendFrame(RtcPeer to) {
        int bitrate = (int) Math.max(LEAST_BITRATE, Math.min(wanted.bitsPerSecond(), allowed));
        picture.shape(new PictureShape(Math.min(bitrate, wanted.bitsPerSecond()), wanted.framesPerSecond()));
        boolean keyframe = keyframeWanted;
        keyframeWanted = false;
        var payloads = picture.frame(keyframe);
        frames++;
        keyframes += keyframe ? 1 : 0;
        for (int i = 0; i < payloads.size(); i++) {
            send(to, MediaKind.VIDEO, "VP8", payloads.get(i), picture.timestamp(), i == payloads.size() - 1);
        }
    }

    private static void send(RtcPeer to, MediaKind kind, String codec, byte[] payload, int timestamp, boolean marker) {
        to.codec(kind, codec)
                .map(Codec::payloadType)
                .ifPresent(type -> to.send(kind, type, payload, timestamp, marker));
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

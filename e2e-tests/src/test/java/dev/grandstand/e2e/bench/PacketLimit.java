package dev.grandstand.e2e.bench;

import dev.grandstand.webrtc.srtp.SrtpKeys;
import dev.grandstand.webrtc.srtp.SrtpProfile;
import dev.grandstand.webrtc.srtp.SrtpSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** What one packet costs at least: AES-GCM as jitsi-srtp does it, and one send over the loopback interface. */
final class PacketLimit {

    private static final int WARM_UP = 100_000;
    private static final int PACKETS = 200_000;

    private PacketLimit() {}

    /** Processor time of one packet in microseconds; not wall-clock time, which others on this machine would lengthen. */
    static double cpuMicros(int packetLength) {
        var exported = new byte[SrtpKeys.exportLength(SrtpProfile.AEAD_AES_128_GCM)];
        try (var session = new SrtpSession(new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, exported, true));
                var from = DatagramChannel.open();
                var to = DatagramChannel.open()) {
            to.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var buffer = ByteBuffer.allocateDirect(2_048);
            send(WARM_UP, packetLength, session, from, to, buffer);
            var threads = ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadCpuTime();
            send(PACKETS, packetLength, session, from, to, buffer);
            return (threads.getCurrentThreadCpuTime() - before) / 1e3 / PACKETS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The receiver takes none of them, so the kernel drops what its buffer cannot hold: only sending is measured. */
    private static void send(
            int count, int length, SrtpSession session, DatagramChannel from, DatagramChannel to, ByteBuffer buffer)
            throws IOException {
        var address = to.getLocalAddress();
        var packet = new byte[length + SrtpSession.OVERHEAD];
        for (int i = 0; i < count; i++) {
            packet[0] = (byte) 0x80;
            packet[1] = 96;
            packet[2] = (byte) (i >> 8);
            packet[3] = (byte) i;
            int protectedLength = session.protectRtp(packet, 0, length);
            buffer.clear();
            buffer.put(packet, 0, protectedLength).flip();
            from.send(buffer, address);
        }
    }
}

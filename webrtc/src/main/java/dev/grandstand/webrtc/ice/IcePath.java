package dev.grandstand.webrtc.ice;

import dev.grandstand.webrtc.net.LocalSocket;
import java.net.InetSocketAddress;

/** A way to the peer that has been checked: send from this socket to that address. */
public record IcePath(LocalSocket socket, InetSocketAddress remote) {

    /** Sends one datagram; loop thread only. */
    public boolean send(byte[] buffer, int offset, int length) {
        return socket.send(buffer, offset, length, remote);
    }
}

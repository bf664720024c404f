package dev.grandstand.webrtc.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket on one local address that many peers share, told apart by their addresses. */
public final class LocalSocket implements AutoCloseable {

    /** Takes the datagrams of one peer; loop thread only. */
    public interface Route {
        /** The bytes may be changed, and are valid during the call only. */
        void datagram(LocalSocket socket, InetSocketAddress from, byte[] buffer, int offset, int length);
    }

    private static final Logger log = LoggerFactory.getLogger(LocalSocket.class);
    /** As much as the system's limit allows; a keyframe to a hundred viewers is a burst of thousands of datagrams. */
    private static final int SOCKET_BUFFER = 8 << 20;

    private static final int DATAGRAM_LIMIT = 2_048;
    /** So that a flood on one socket cannot keep timers and tasks from running. */
    private static final int READS_PER_TURN = 128;

    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final UdpPort.UnroutedHandler unrouted;
    private final Map<InetSocketAddress, Route> routes = new HashMap<>();
    private final byte[] received = new byte[DATAGRAM_LIMIT];
    private final ByteBuffer receiveBuffer = ByteBuffer.allocateDirect(DATAGRAM_LIMIT);
    private final ByteBuffer sendBuffer = ByteBuffer.allocateDirect(DATAGRAM_LIMIT);
    private long unsent;

    private LocalSocket(DatagramChannel channel, InetSocketAddress address, UdpPort.UnroutedHandler unrouted) {
        this.channel = channel;
        this.address = address;
        this.unrouted = unrouted;
    }

    static LocalSocket open(MediaLoop loop, InetSocketAddress wanted, UdpPort.UnroutedHandler unrouted)
            throws IOException {
        var family = wanted.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
        var channel = DatagramChannel.open(family);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            channel.bind(wanted);
            var bound = (InetSocketAddress) channel.getLocalAddress();
            var socket =
                    new LocalSocket(channel, new InetSocketAddress(wanted.getAddress(), bound.getPort()), unrouted);
            loop.register(channel, socket::drain);
            return socket;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Sends everything that comes from a remote address to the route, in place of an earlier one. */
    public void route(InetSocketAddress remote, Route route) {
        routes.put(remote, route);
    }

    /** Removes the route if it is still the one for that address. */
    public void unroute(InetSocketAddress remote, Route route) {
        routes.remove(remote, route);
    }

    public @Nullable Route routeOf(InetSocketAddress remote) {
        return routes.get(remote);
    }

    /**
     * Sends one datagram, or drops it if the system's buffer is full or the target cannot be reached; loop thread only.
     *
     * @return whether the system took it
     */
    public boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
        sendBuffer.clear();
        sendBuffer.put(buffer, offset, length).flip();
        try {
            if (channel.send(sendBuffer, to) == length) {
                return true;
            }
        } catch (IOException e) {
            // Unreachable hosts are everyday life while ICE tries addresses; consent checks notice when it matters.
            log.atTrace().addKeyValue("to", to).setCause(e).log("datagram not sent");
        }
        unsent++;
        return false;
    }

    /** How many datagrams the system did not take. */
    public long unsent() {
        return unsent;
    }

    private void drain() {
        for (int i = 0; i < READS_PER_TURN; i++) {
            receiveBuffer.clear();
            InetSocketAddress from;
            try {
                from = (InetSocketAddress) channel.receive(receiveBuffer);
            } catch (IOException e) {
                // On Linux an unconnected socket reports no ICMP errors here, so this is a closing socket.
                log.atDebug().setCause(e).log("socket not readable");
                return;
            }
            if (from == null) {
                return;
            }
            int length = receiveBuffer.flip().remaining();
            receiveBuffer.get(received, 0, length);
            Route route = routes.get(from);
            if (route != null) {
                route.datagram(this, from, received, 0, length);
            } else {
                unrouted.datagram(this, from, received, 0, length);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("socket did not close");
        }
    }
}

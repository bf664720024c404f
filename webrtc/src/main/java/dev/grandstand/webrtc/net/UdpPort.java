package dev.grandstand.webrtc.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP port, bound on each useful address of the machine. One socket per address rather than one for all: an answer
 * must leave from the address that was asked, or the peer's ICE agent refuses it (RFC 8445 section 7.2.5.2.1).
 */
public final class UdpPort implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(UdpPort.class);
    private static final int ATTEMPTS = 50;

    /** Takes every datagram that no socket has a route for; loop thread only. */
    public interface UnroutedHandler {
        /** The bytes are valid during the call only. */
        void datagram(LocalSocket socket, InetSocketAddress from, byte[] buffer, int offset, int length);
    }

    private final int port;
    private final List<LocalSocket> sockets;

    private UdpPort(int port, List<LocalSocket> sockets) {
        this.port = port;
        this.sockets = List.copyOf(sockets);
    }

    /**
     * Binds the port.
     *
     * @param port 0 takes one that is free on all addresses
     * @param loopback whether to bind the IPv4 loopback address too
     * @throws UncheckedIOException if the port cannot be bound on any address
     */
    public static UdpPort open(MediaLoop loop, int port, boolean loopback, UnroutedHandler unrouted) {
        try {
            var addresses = usefulAddresses(loopback);
            if (addresses.isEmpty()) {
                throw new SocketException("this machine has no useful network address");
            }
            return port == 0
                    ? openAnyPort(loop, addresses, unrouted)
                    : new UdpPort(port, bind(loop, addresses, port, unrouted));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UdpPort openAnyPort(MediaLoop loop, List<InetAddress> addresses, UnroutedHandler unrouted)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            var first = bind(loop, addresses.subList(0, 1), 0, unrouted);
            int port = first.getFirst().address().getPort();
            try {
                var all = new ArrayList<>(first);
                all.addAll(bind(loop, addresses.subList(1, addresses.size()), port, unrouted));
                return new UdpPort(port, all);
            } catch (BindException taken) {
                first.forEach(LocalSocket::close);
                if (attempt == ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    private static List<LocalSocket> bind(
            MediaLoop loop, List<InetAddress> addresses, int port, UnroutedHandler unrouted) throws IOException {
        var bound = new ArrayList<LocalSocket>();
        try {
            for (InetAddress address : addresses) {
                bound.add(LocalSocket.open(loop, new InetSocketAddress(address, port), unrouted));
            }
            return bound;
        } catch (IOException e) {
            bound.forEach(LocalSocket::close);
            throw e;
        }
    }

    /** Global and site-local addresses of interfaces that are up, IPv4 first, loopback last. */
    private static List<InetAddress> usefulAddresses(boolean loopback) throws SocketException {
        var addresses = new ArrayList<InetAddress>();
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (!card.isUp()) {
                continue;
            }
            for (InetAddress address : Collections.list(card.getInetAddresses())) {
                boolean usable = address.isLoopbackAddress()
                        ? loopback && address instanceof Inet4Address
                        : !address.isLinkLocalAddress() && !address.isMulticastAddress();
                if (usable) {
                    addresses.add(address);
                }
            }
        }
        addresses.sort(Comparator.comparing(InetAddress::isLoopbackAddress)
                .thenComparing(address -> !(address instanceof Inet4Address)));
        log.atDebug().addKeyValue("addresses", addresses).log("useful addresses");
        return addresses;
    }

    public int port() {
        return port;
    }

    /** One per address, the preferred first. */
    public List<LocalSocket> sockets() {
        return sockets;
    }

    @Override
    public void close() {
        sockets.forEach(LocalSocket::close);
    }
}

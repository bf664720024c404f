package dev.grandstand.mediaclient.kurento;

import dev.grandstand.relay.media.MediaEngine;
import dev.grandstand.relay.media.PassThrough;
import dev.grandstand.relay.media.RtcEndpoint;
import dev.grandstand.relay.media.RtcEndpointListener;
import dev.grandstand.webrtc.IceCandidate;
import java.lang.reflect.Proxy;

/** A media plane without media: it answers offers and finds candidates, so that the protocol can be tested by itself. */
final class SilentEngine implements MediaEngine {

    @Override
    public RtcEndpoint createEndpoint(RtcEndpointListener listener) {
        return (RtcEndpoint) Proxy.newProxyInstance(
                SilentEngine.class.getClassLoader(),
                new Class<?>[] {RtcEndpoint.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "processOffer" -> answer((String) arguments[0]);
                    case "gatherCandidates" -> {
                        listener.iceCandidate(
                                new IceCandidate("candidate:1 1 UDP 2015363327 127.0.0.1 40000 typ host", "0", 0));
                        listener.iceCandidate(
                                new IceCandidate("candidate:1 1 UDP 2015363327 127.0.0.1 40000 typ host", "1", 1));
                        listener.iceGatheringDone();
                        yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> method.getReturnType() == boolean.class ? false : null;
                });
    }

    private static String answer(String offer) {
        return offer.replace("actpass", "active").replaceAll("m=(\\w+) 9", "m=$1 1");
    }

    @Override
    public PassThrough createPassThrough() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int udpPort() {
        return 1;
    }

    @Override
    public void close() {}
}

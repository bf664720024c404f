package dev.grandstand.webrtc;

import dev.grandstand.webrtc.dtls.DtlsAssociation;
import dev.grandstand.webrtc.dtls.Fingerprint;

/**
 * What a peer's description says of its transport.
 *
 * @param ufrag ICE user name fragment
 * @param password ICE password
 * @param fingerprint of its certificate
 * @param localRole our side of DTLS (RFC 5763 section 5: {@code active} is the client)
 * @param controlling whether we are the controlling ICE agent, which is who made the offer
 */
public record RemoteTransport(
        String ufrag, String password, Fingerprint fingerprint, DtlsAssociation.Role localRole, boolean controlling) {}

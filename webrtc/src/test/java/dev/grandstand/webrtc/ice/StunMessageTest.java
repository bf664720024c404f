package dev.grandstand.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StunMessageTest {

    /** RFC 5769 section 2.1. */
    private static final byte[] SAMPLE_REQUEST = HexFormat.of()
            .parseHex("000100582112a442b7e7a701bc34d686fa87dfae"
                    + "802200105354554e207465737420636c69656e74"
                    + "002400046e0001ff"
                    + "80290008932ff9b151263b36"
                    + "000600096576746a3a68367659202020"
                    + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
                    + "80280004e57a3bcf");

    private static final String SAMPLE_PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

    @Test
    void readsTheSampleRequestOfRfc5769() {
        var message =
                StunMessage.parse(SAMPLE_REQUEST, 0, SAMPLE_REQUEST.length).orElseThrow();

        assertThat(message.type()).isEqualTo(StunMessage.BINDING_REQUEST);
        assertThat(message.username()).contains("evtj:h6vY");
        assertThat(message.priority()).isEqualTo(0x6e0001ffL);
        assertThat(message.controlled()).contains(0x932ff9b151263b36L);
        assertThat(message.controlling()).isEmpty();
        assertThat(message.isSignedWith(SAMPLE_PASSWORD)).isTrue();
        assertThat(message.isSignedWith(SAMPLE_PASSWORD + "x")).isFalse();
    }

    @Test
    void refusesWhatWasChangedOnTheWay() {
        // All but FINGERPRINT, which may as well be missing.
        for (int i = 0; i < SAMPLE_REQUEST.length - 8; i++) {
            byte[] changed = SAMPLE_REQUEST.clone();
            changed[i] ^= 0x40;
            assertThat(StunMessage.parse(changed, 0, changed.length)
                            .filter(message -> message.isSignedWith(SAMPLE_PASSWORD)))
                    .as("octet %d", i)
                    .isEmpty();
        }
    }

    @Test
    void refusesWhatIsCutShort() {
        for (int length = 0; length < SAMPLE_REQUEST.length; length++) {
            assertThat(StunMessage.parse(SAMPLE_REQUEST, 0, length)).isEmpty();
        }
    }

    @Test
    void readsWhatItWrites() {
        byte[] transaction = new byte[StunMessage.TRANSACTION_ID_LENGTH];
        transaction[3] = 9;
        var address = new InetSocketAddress("2001:db8::7", 54_321);

        byte[] bytes = StunMessage.write(StunMessage.BINDING_SUCCESS, transaction)
                .username("abc:d")
                .role(true, -5)
                .useCandidate()
                .errorCode(487)
                .xorMappedAddress(address)
                .signedWith("secret");
        var message = StunMessage.parse(bytes, 0, bytes.length).orElseThrow();

        assertThat(message.transactionId()).isEqualTo(transaction);
        assertThat(message.username()).contains("abc:d");
        assertThat(message.controlling()).contains(-5L);
        assertThat(message.useCandidate()).isTrue();
        assertThat(message.errorCode()).isEqualTo(487);
        assertThat(message.mappedAddress()).contains(address);
        assertThat(message.isSignedWith("secret")).isTrue();
    }

    @Test
    void whatFollowsTheSignatureDoesNotCount() {
        byte[] signed = StunMessage.write(StunMessage.BINDING_REQUEST, new byte[12])
                .username("a:b")
                .signedWith("secret");
        // FINGERPRINT's eight octets make room for an unsigned USE-CANDIDATE.
        byte[] forged = new byte[signed.length - 4];
        System.arraycopy(signed, 0, forged, 0, signed.length - 8);
        forged[signed.length - 7] = 0x25;
        forged[3] -= 4;

        var message = StunMessage.parse(forged, 0, forged.length).orElseThrow();

        assertThat(message.useCandidate()).isFalse();
    }
}

package dev.grandstand.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.dtls.DtlsAssociation.Role;
import dev.grandstand.webrtc.dtls.Fingerprint;
import dev.grandstand.webrtc.ice.IceCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiatorTest {

    private static final Fingerprint FINGERPRINT = Fingerprint.of(new byte[] {1});
    private static final LocalTransport TRANSPORT =
            new LocalTransport(new IceCredentials("abcdefgh", "abcdefghijklmnopqrstuvwx"), FINGERPRINT);

    private final Negotiator negotiator = new Negotiator("Grandstand Media Relay", TRANSPORT);

    private static String recorded(String name) {
        try (var in = NegotiatorTest.class.getResourceAsStream("/sdp/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void answersAPublishingBrowserInKurentosShape() throws Exception {
        Negotiation negotiation = negotiator.answer(recorded("chromium-sendonly.sdp"));

        assertThat(negotiation.localDescription().replaceAll("\\d{6,}", "N"))
                .isEqualTo(String.join(
                        "\r\n",
                        "v=0",
                        "o=- N N IN IP4 0.0.0.0",
                        "s=Grandstand Media Relay",
                        "c=IN IP4 0.0.0.0",
                        "t=0 0",
                        "a=extmap-allow-mixed",
                        "a=msid-semantic: WMS d3274223-1c22-4dc3-b2e3-575068ece1fa".replaceAll("\\d{6,}", "N"),
                        "a=group:BUNDLE 0 1",
                        "m=audio 1 UDP/TLS/RTP/SAVPF 111",
                        "a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
                        "a=recvonly",
                        "a=mid:0",
                        "a=rtcp:9 IN IP4 0.0.0.0",
                        "a=rtpmap:111 opus/48000/2",
                        "a=setup:active",
                        "a=rtcp-mux",
                        "a=fmtp:111 minptime=10;useinbandfec=1",
                        "a=ssrc:N cname:" + negotiator.cname().replaceAll("\\d{6,}", "N"),
                        "a=ice-ufrag:abcdefgh",
                        "a=ice-pwd:abcdefghijklmnopqrstuvwx",
                        "a=fingerprint:" + FINGERPRINT,
                        "m=video 1 UDP/TLS/RTP/SAVPF 96 102 104 108 114 116 39",
                        "a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
                        "a=recvonly",
                        "a=mid:1",
                        "a=rtcp:9 IN IP4 0.0.0.0",
                        "a=rtpmap:96 VP8/90000",
                        "a=rtpmap:102 H264/90000",
                        "a=rtpmap:104 H264/90000",
                        "a=rtpmap:108 H264/90000",
                        "a=rtpmap:114 H264/90000",
                        "a=rtpmap:116 H264/90000",
                        "a=rtpmap:39 H264/90000",
                        feedback(96, 102, 104, 108, 114, 116, 39),
                        "a=setup:active",
                        "a=rtcp-mux",
                        "a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f",
                        "a=fmtp:104 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42001f",
                        "a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
                        "a=fmtp:114 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f",
                        "a=fmtp:116 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=4d001f",
                        "a=fmtp:39 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=4d001f",
                        "a=ssrc:N cname:" + negotiator.cname().replaceAll("\\d{6,}", "N"),
                        "a=ice-ufrag:abcdefgh",
                        "a=ice-pwd:abcdefghijklmnopqrstuvwx",
                        "a=fingerprint:" + FINGERPRINT,
                        ""));
        assertThat(negotiation.remote().orElseThrow().localRole()).isEqualTo(Role.CLIENT);
        assertThat(negotiation.remote().orElseThrow().controlling()).isFalse();
        NegotiatedMedia video = negotiation.media().get(1);
        assertThat(video.receiving()).isTrue();
        assertThat(video.sending()).isFalse();
        assertThat(video.absSendTimeId()).isEqualTo(2);
        assertThat(video.remoteSsrcs()).hasSize(2);
    }

    private static String feedback(int... payloadTypes) {
        var lines = new StringBuilder();
        for (int type : payloadTypes) {
            for (String value : new String[] {"goog-remb", "ccm fir", "nack", "nack pli"}) {
                lines.append(lines.isEmpty() ? "" : "\r\n")
                        .append("a=rtcp-fb:")
                        .append(type)
                        .append(' ')
                        .append(value);
            }
        }
        return lines.toString();
    }

    @Test
    void answersAViewingBrowserWithASendingSide() throws Exception {
        Negotiation negotiation = negotiator.answer(recorded("chromium-recvonly.sdp"));

        assertThat(negotiation.media())
                .extracting(NegotiatedMedia::kind)
                .containsExactly(MediaKind.AUDIO, MediaKind.VIDEO);
        assertThat(negotiation.media()).allMatch(media -> media.sending() && !media.receiving());
        assertThat(negotiation.localDescription()).contains("a=sendonly").contains("a=msid:");
    }

    @Test
    void aPassivePeerIsCalledAndAnActiveOneAwaited() throws Exception {
        String offer = recorded("chromium-sendonly.sdp");

        assertThat(negotiator
                        .answer(offer.replace("a=setup:actpass", "a=setup:passive"))
                        .remote()
                        .orElseThrow()
                        .localRole())
                .isEqualTo(Role.CLIENT);
        Negotiation passive = negotiator.answer(offer.replace("a=setup:actpass", "a=setup:active"));
        assertThat(passive.remote().orElseThrow().localRole()).isEqualTo(Role.SERVER);
        assertThat(passive.localDescription()).contains("a=setup:passive");
    }

    @Test
    void sectionsWithoutAUsableCodecAreRejectedWithPortZero() throws Exception {
        String offer = recorded("chromium-sendonly.sdp")
                .replace("VP8/90000", "VP7/90000")
                .replace("H264/90000", "H263/90000");

        Negotiation negotiation = negotiator.answer(offer);

        assertThat(negotiation.media()).extracting(NegotiatedMedia::kind).containsExactly(MediaKind.AUDIO);
        assertThat(negotiation.localDescription())
                .contains("m=video 0 UDP/TLS/RTP/SAVPF 96 ")
                .contains("a=group:BUNDLE 0\r\n");
    }

    @Test
    void anOfferWithoutMediaIsAnsweredWithoutMedia() throws Exception {
        Negotiation negotiation = negotiator.answer("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");

        assertThat(negotiation.media()).isEmpty();
        assertThat(negotiation.remote()).isEmpty();
        assertThat(negotiation.localDescription()).endsWith("t=0 0\r\n");
    }

    @Test
    void anAnswerIsFittedToItsOffer() throws Exception {
        var answerer = new Negotiator("-", TRANSPORT);
        String offer = negotiator.offer(Optional.of(Direction.SENDONLY), Optional.of(Direction.SENDRECV));

        Negotiation theirs = answerer.answer(offer);
        Negotiation ours = negotiator.accept(offer, theirs.localDescription());

        assertThat(ours.remote().orElseThrow().controlling()).isTrue();
        assertThat(ours.remote().orElseThrow().localRole()).isEqualTo(Role.SERVER);
        NegotiatedMedia audio = ours.media().getFirst();
        assertThat(audio.sending()).isTrue();
        assertThat(audio.receiving()).isFalse();
        assertThat(audio.remoteSsrcs())
                .containsExactly(theirs.media().getFirst().localSsrc());
        assertThatThrownBy(() -> negotiator.accept(offer, "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n"))
                .isInstanceOf(SdpException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "this is not sdp",
                "v=0\r\nnonsense\r\n",
                "v=0\r\ns=-\r\n",
                "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\nm=video\r\n",
                "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\nm=video x UDP/TLS/RTP/SAVPF 96\r\n",
                "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96\r\n",
                "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:999 VP8/90000\r\n",
                "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=ssrc:x\r\n",
                // Usable media, but no way to reach or to trust who offers it.
                "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000\r\n"
            })
    void whatIsBrokenIsRefused(String offer) {
        assertThatThrownBy(() -> negotiator.answer(offer)).isInstanceOf(SdpException.class);
    }

    @Test
    void mutilatedOffersAreRefusedOrAnsweredButNeverCrash() {
        String offer = recorded("chromium-sendonly.sdp");
        for (long seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder(offer);
            for (int i = 0; i < 4; i++) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.setCharAt(at, (char) random.nextInt(32, 127));
                    default -> text.delete(at, Math.min(text.length(), at + random.nextInt(300)));
                }
            }
            try {
                assertThat(negotiator.answer(text.toString()).localDescription())
                        .startsWith("v=0");
            } catch (SdpException expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void h264OfAnotherProfileOrPacketizationIsAnotherCodec() {
        var baseline = h264("packetization-mode=1;profile-level-id=42e01f");

        assertThat(baseline.interchangeableWith(h264("profile-level-id=42e034;packetization-mode=1")))
                .isTrue();
        assertThat(baseline.interchangeableWith(h264("packetization-mode=0;profile-level-id=42e01f")))
                .isFalse();
        assertThat(baseline.interchangeableWith(h264("packetization-mode=1;profile-level-id=4d001f")))
                .isFalse();
    }

    private static Codec h264(String parameters) {
        return new Codec(102, "H264", 90_000, 1, parameters, List.of());
    }
}

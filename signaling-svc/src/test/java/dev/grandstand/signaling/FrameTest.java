package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.client.ServerMessage;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

    /** Around the lengths at which the header grows (RFC 6455 section 5.2). */
    @ParameterizedTest
    @ValueSource(ints = {1, 50, 82, 83, 84, 85, 86, 87, 88, 89, 90, 65_490, 65_495, 65_496, 65_497, 65_500, 70_000})
    void isATextFrameAsAClientReadsIt(int length) {
        var frame = Frame.of(new ServerMessage.Notice("ü".repeat(length / 2) + "x".repeat(length % 2), 1));
        var client = new EmbeddedChannel(new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false)
                .maxFramePayloadLength(1 << 20)
                .build()));

        client.writeInbound(frame.wire().duplicate());
        client.writeInbound(frame.wire().duplicate());

        TextWebSocketFrame first = client.readInbound();
        TextWebSocketFrame second = client.readInbound();
        assertThat(first.text())
                .isEqualTo(frame.text())
                .startsWith("{\"type\":\"notice\"")
                .endsWith("}");
        assertThat(second.text()).isEqualTo(frame.text());
        assertThat(first.isFinalFragment()).isTrue();
    }
}

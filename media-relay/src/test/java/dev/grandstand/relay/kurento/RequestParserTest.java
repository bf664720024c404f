package dev.grandstand.relay.kurento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestParserTest {

    private static Request parse(String json) throws Exception {
        return RequestParser.parse((ObjectNode) Wire.parse(json.replace('\'', '"')));
    }

    @Test
    void readsEveryMethod() throws Exception {
        assertThat(parse("{'method':'ping'}")).isEqualTo(new Request.Ping());
        assertThat(parse("{'method':'connect','params':{}}")).isEqualTo(new Request.Connect());
        assertThat(parse("{'method':'keepAlive'}")).isEqualTo(new Request.KeepAlive());
        assertThat(parse("{'method':'closeSession'}")).isEqualTo(new Request.CloseSession(false));
        assertThat(parse("{'method':'closeSession','params':{'release':true}}"))
                .isEqualTo(new Request.CloseSession(true));
        assertThat(parse("{'method':'create','params':{'type':'T'}}"))
                .isEqualTo(new Request.Create("T", Arguments.NONE));
        assertThat(parse("{'method':'invoke','params':{'object':'o','operation':'p'}}"))
                .isEqualTo(new Request.Invoke("o", "p", Arguments.NONE));
        assertThat(parse("{'method':'subscribe','params':{'object':'o','type':'E'}}"))
                .isEqualTo(new Request.Subscribe("o", "E"));
        assertThat(parse("{'method':'unsubscribe','params':{'object':'o','subscription':'s'}}"))
                .isEqualTo(new Request.Unsubscribe("o", "s"));
        assertThat(parse("{'method':'release','params':{'object':'o'}}")).isEqualTo(new Request.Release("o"));
        assertThat(parse("{'method':'ref','params':{'object':'o'}}")).isEqualTo(new Request.Ref("o"));
        assertThat(parse("{'method':'unref','params':{'object':'o'}}")).isEqualTo(new Request.Unref("o"));
        assertThat(parse("{'method':'describe','params':{'object':'o'}}")).isEqualTo(new Request.Describe("o"));
        assertThat(parse("{'method':'transaction','params':{'operations':[]}}"))
                .isInstanceOf(Request.Transaction.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{'method':'dance'} | METHOD_NOT_FOUND",
                "{'method':'create'} | INVALID_PARAMS",
                "{'method':'create','params':5} | INVALID_PARAMS",
                "{'method':'create','params':{}} | SERVER_ERROR",
                "{'method':'invoke','params':{'object':'o'}} | SERVER_ERROR",
                "{'method':'transaction'} | INVALID_PARAMS",
                "{'method':'transaction','params':{'operations':{}}} | SERVER_ERROR"
            })
    void refusesWhatIsIncomplete(String json, ErrorKind kind) {
        var text = json.replace('\'', '"');
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }
}

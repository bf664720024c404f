package dev.grandstand.e2e.security;

import dev.grandstand.protocol.client.ClientMessage;
import java.util.List;
import java.util.function.Function;

/**
 * Every message that a client can send, what it takes to be heard, and what comes back then: the type of the reply, or
 * the code of the error. In the order in which one client sends them all; who is shown out does not disturb the rest.
 */
final class PermissionTable {

    /** What a message takes. */
    enum Need {
        NOTHING(""),
        INSIDE("not-joined"),
        PUBLISH("not-invited"),
        CHAT("muted"),
        MODERATE("forbidden");

        /** What is said to who lacks it. */
        final String refusal;

        Need(String refusal) {
            this.refusal = refusal;
        }
    }

    /** One row. {@code frame} is without {@code id}; HOST, BOB, CAT, DAN, FIRST and SECOND stand for what is in the room. */
    record Row(Class<? extends ClientMessage> type, String frame, Need need, Function<Visitor, String> allowed) {

        String expected(Visitor visitor) {
            if (need != Need.NOTHING && !visitor.inside()) {
                return Need.INSIDE.refusal;
            }
            return visitor.has(need) ? allowed.apply(visitor) : need.refusal;
        }
    }

    /** Who sends it. */
    record Visitor(boolean inside, boolean publishes, boolean chats, boolean moderates, boolean open) {

        boolean has(Need need) {
            return switch (need) {
                case NOTHING, INSIDE -> true;
                case PUBLISH -> publishes;
                case CHAT -> chats;
                case MODERATE -> moderates;
            };
        }
    }

    private static final String OFFER = String.join(
            "\\r\\n",
            "v=0",
            "o=- 1 2 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "m=video 9 UDP/TLS/RTP/SAVPF 96",
            "c=IN IP4 0.0.0.0",
            "a=ice-ufrag:Ig8t",
            "a=ice-pwd:udQKZnQmDIzaw6c9x93s8p3f",
            "a=fingerprint:sha-256 45:37:EC:27:67:5A:D1:3A:C3:0B:90:8A:CE:1B:DB:8C:93:D3:48:0C:5F:D8:A4:11:A1:EF:2F:15:DB:"
                    + "01:02:03",
            "a=setup:actpass",
            "a=mid:0",
            "a=DIRECTION",
            "a=rtcp-mux",
            "a=rtpmap:96 VP8/90000",
            "");

    static final List<Row> ROWS = List.of(
            row(ClientMessage.Ping.class, "{'type':'ping'}", Need.NOTHING, "pong"),
            row(
                    ClientMessage.Join.class,
                    "{'type':'join','room':'ROOM','name':'Eve','resume':'e30.e30'}",
                    Need.NOTHING,
                    eve -> eve.inside() ? "already-joined" : "unauthorized"),
            row(ClientMessage.Rename.class, "{'type':'rename','name':'Mallory'}", Need.INSIDE, "ok"),
            row(ClientMessage.Chat.class, "{'type':'chat','text':'hello'}", Need.CHAT, "chatSent"),
            row(ClientMessage.React.class, "{'type':'react','reaction':'heart'}", Need.CHAT, "ok"),
            row(ClientMessage.ChatHistory.class, "{'type':'chatHistory','before':1}", Need.INSIDE, "chatHistory"),
            row(ClientMessage.PinMessage.class, "{'type':'pinMessage','message':'FIRST'}", Need.MODERATE, "ok"),
            row(ClientMessage.UnpinMessage.class, "{'type':'unpinMessage'}", Need.MODERATE, "ok"),
            row(ClientMessage.DeleteMessage.class, "{'type':'deleteMessage','message':'FIRST'}", Need.MODERATE, "ok"),
            row(ClientMessage.SlowMode.class, "{'type':'slowMode','seconds':1}", Need.MODERATE, "ok"),
            row(ClientMessage.ClearChat.class, "{'type':'clearChat'}", Need.MODERATE, "ok"),
            row(ClientMessage.People.class, "{'type':'people'}", Need.INSIDE, "people"),
            row(ClientMessage.RaiseHand.class, "{'type':'raiseHand','raised':true}", Need.INSIDE, "ok"),
            row(ClientMessage.StepDown.class, "{'type':'stepDown'}", Need.INSIDE, "refused"),
            row(
                    ClientMessage.MuteStream.class,
                    "{'type':'muteStream','stream':'host-camera','muted':{'audio':true,'video':true}}",
                    Need.INSIDE,
                    "unknown-stream"),
            row(
                    ClientMessage.View.class,
                    "{'type':'view','stream':'host-camera','sdp':'" + OFFER.replace("DIRECTION", "recvonly") + "'}",
                    Need.INSIDE,
                    "answer"),
            row(ClientMessage.Migrated.class, "{'type':'migrated','stream':'host-camera'}", Need.INSIDE, "ok"),
            row(
                    ClientMessage.FirstFrame.class,
                    "{'type':'firstFrame','stream':'host-camera','viewMs':120,'joinMs':80}",
                    Need.INSIDE,
                    "ok"),
            row(
                    ClientMessage.FirstFrame.class,
                    "{'type':'firstFrame','stream':'host-camera','viewMs':-1}",
                    Need.NOTHING,
                    "bad-field"),
            row(ClientMessage.Unview.class, "{'type':'unview','stream':'host-camera'}", Need.INSIDE, "ok"),
            row(
                    ClientMessage.FirstFrame.class,
                    "{'type':'firstFrame','stream':'host-camera','viewMs':120}",
                    Need.INSIDE,
                    "unknown-stream"),
            row(
                    ClientMessage.Unpublish.class,
                    "{'type':'unpublish','stream':'host-camera'}",
                    Need.INSIDE,
                    "unknown-stream"),
            row(
                    ClientMessage.Candidate.class,
                    "{'type':'candidate','stream':'host-camera','candidate':"
                            + "{'candidate':'candidate:1 1 udp 1 127.0.0.1 9 typ host','sdpMid':'0','sdpMLineIndex':0}}",
                    Need.INSIDE,
                    "unknown-stream"),
            row(
                    ClientMessage.RestartIce.class,
                    "{'type':'restartIce','stream':'host-camera','sdp':'" + OFFER.replace("DIRECTION", "recvonly")
                            + "'}",
                    Need.INSIDE,
                    "unknown-stream"),
            row(
                    ClientMessage.Publish.class,
                    "{'type':'publish','stream':'host-camera','kind':'camera','sdp':'" + sendingOffer() + "'}",
                    Need.INSIDE,
                    "stream-taken"),
            row(
                    ClientMessage.Publish.class,
                    "{'type':'publish','stream':'STREAM','kind':'camera','sdp':'" + sendingOffer() + "'}",
                    Need.PUBLISH,
                    "answer"),
            row(ClientMessage.Invite.class, "{'type':'invite','participant':'BOB'}", Need.MODERATE, "ok"),
            row(ClientMessage.TakeDown.class, "{'type':'takeDown','participant':'BOB'}", Need.MODERATE, "ok"),
            row(
                    ClientMessage.Mute.class,
                    "{'type':'mute','participant':'BOB','what':'chat','muted':true}",
                    Need.MODERATE,
                    "ok"),
            row(ClientMessage.Kick.class, "{'type':'kick','participant':'CAT'}", Need.MODERATE, "ok"),
            row(ClientMessage.Ban.class, "{'type':'ban','participant':'DAN'}", Need.MODERATE, "ok"),
            // Among those who show tokens the host moderates, too.
            row(
                    ClientMessage.Kick.class,
                    "{'type':'kick','participant':'HOST'}",
                    Need.MODERATE,
                    eve -> eve.open() ? "ok" : "forbidden"),
            row(ClientMessage.Lock.class, "{'type':'lock','locked':true}", Need.MODERATE, "ok"),
            row(ClientMessage.CloseRoom.class, "{'type':'closeRoom'}", Need.MODERATE, "ok"),
            // Who closed the room is outside by then.
            row(
                    ClientMessage.Leave.class,
                    "{'type':'leave'}",
                    Need.INSIDE,
                    eve -> eve.moderates() ? "not-joined" : "ok"),
            row(
                    ClientMessage.Join.class,
                    "{'type':'join','room':'ROOM-2','name':'Eve','role':'moderator'}",
                    Need.NOTHING,
                    eve -> eve.open() ? "joined" : "unauthorized"));

    private PermissionTable() {}

    static String sendingOffer() {
        return OFFER.replace("DIRECTION", "sendonly");
    }

    private static Row row(Class<? extends ClientMessage> type, String frame, Need need, String allowed) {
        return row(type, frame, need, eve -> allowed);
    }

    private static Row row(
            Class<? extends ClientMessage> type, String frame, Need need, Function<Visitor, String> allowed) {
        return new Row(type, frame.replace('\'', '"'), need, allowed);
    }
}

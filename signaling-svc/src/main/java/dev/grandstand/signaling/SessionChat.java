package dev.grandstand.signaling;

import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.ServerMessage;
import io.vertx.core.Future;
import java.util.function.Function;

/** What a session asks of its room's chat. The role in a command is the one that room-svc has confirmed, never the client's. */
final class SessionChat {

    /** Faster than anybody taps. */
    private static final Allowance REACTIONS = new Allowance(20, 10);

    private final Services services;
    private final TokenBucket reactions = new TokenBucket(REACTIONS, System.nanoTime());
    private boolean paging;
    private boolean allowed = true;

    SessionChat(Services services) {
        this.services = services;
    }

    /** Whether room-svc lets the session say something. */
    void allow(boolean nowAllowed) {
        allowed = nowAllowed;
    }

    Future<? extends ServerMessage> handle(Presence.Inside here, ClientMessage.ChatRequest request) {
        if (!allowed && (request instanceof ClientMessage.Chat || request instanceof ClientMessage.React)) {
            return Future.failedFuture(new Refusal(ErrorCode.MUTED, "You may not write in this room."));
        }
        return switch (request) {
            case ClientMessage.Chat chat -> say(here, chat);
            case ClientMessage.ChatHistory history -> page(here, history);
            case ClientMessage.React react -> react(here, react);
            case ClientMessage.DeleteMessage delete ->
                moderate(
                        here,
                        delete,
                        by -> new ChatCommand.DeleteMessage(by, delete.message()),
                        ChatEvent.MessageDeleted.class);
            case ClientMessage.ClearChat clear ->
                moderate(here, clear, ChatCommand.ClearMessages::new, ChatEvent.MessagesCleared.class);
            case ClientMessage.PinMessage pin ->
                moderate(here, pin, by -> new ChatCommand.PinMessage(by, pin.message()), ChatEvent.MessagePinned.class);
            case ClientMessage.UnpinMessage unpin ->
                moderate(here, unpin, ChatCommand.UnpinMessage::new, ChatEvent.MessageUnpinned.class);
            case ClientMessage.SlowMode slow ->
                moderate(
                        here,
                        slow,
                        by -> new ChatCommand.SetSlowMode(by, slow.seconds()),
                        ChatEvent.SlowModeChanged.class);
        };
    }

    private Future<ServerMessage.ChatSent> say(Presence.Inside here, ClientMessage.Chat chat) {
        var mentions = here.local().chat().names().mentionedIn(chat.text());
        return services.ask(
                        here.room(),
                        new ChatCommand.PostMessage(here.you(), chat.text(), chat.clientId(), mentions),
                        ChatEvent.MessageAccepted.class,
                        Services.REPLY_TIMEOUT)
                .map(accepted -> new ServerMessage.ChatSent(chat.id(), accepted.messageId()));
    }

    /** A page costs fifty messages in a topic, so one after another. */
    private Future<ServerMessage.ChatHistory> page(Presence.Inside here, ClientMessage.ChatHistory history) {
        if (paging) {
            return Refusal.future(ErrorCode.RATE_LIMITED, "older messages are on their way already");
        }
        paging = true;
        return services.ask(
                        here.room(),
                        new ChatCommand.ReadPage(here.you().id(), history.before()),
                        ChatEvent.PageRead.class,
                        Services.REPLY_TIMEOUT)
                .onComplete(read -> paging = false)
                .map(page -> new ServerMessage.ChatHistory(history.id(), page.messages(), page.before()));
    }

    private Future<ServerMessage.Ok> react(Presence.Inside here, ClientMessage.React react) {
        if (!reactions.take(1, System.nanoTime())) {
            return Refusal.future(ErrorCode.RATE_LIMITED, "at most " + REACTIONS.perSecond() + " reactions a second");
        }
        here.local().chat().react(react.reaction());
        return Future.succeededFuture(new ServerMessage.Ok(react.id()));
    }

    private <E extends ChatEvent> Future<ServerMessage.Ok> moderate(
            Presence.Inside here,
            ClientMessage request,
            Function<Participant, ChatCommand.Moderation> command,
            Class<E> outcome) {
        return services.ask(here.room(), command.apply(here.you()), outcome, Services.REPLY_TIMEOUT)
                .map(new ServerMessage.Ok(request.id()));
    }
}

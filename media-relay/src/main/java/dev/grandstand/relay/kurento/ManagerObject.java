package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The one {@code ServerManager}: what this node is, what is on it, and how much of its machine it uses. */
final class ManagerObject extends MediaObject {

    static final String ID = "manager_ServerManager";

    /** The release of Kurento whose protocol this is, and who speaks it. */
    private static final String VERSION = "7.3.0-grandstand";

    private static final int MAX_INTERVAL_MILLIS = 10_000;

    private static final OperationTable<ManagerObject> OPERATIONS = OperationTable.<ManagerObject>builder()
            .extending(ObjectOperations.TABLE)
            .get("getInfo", manager -> info())
            .async("getPipelines", ManagerObject::pipelines)
            .async("getSessions", ManagerObject::sessions)
            .get("getMetadata", manager -> Wire.text(manager.metadata))
            .run("setMetadata", (manager, arguments) -> manager.metadata = arguments.text("metadata"))
            .query("getKmd", ManagerObject::kmd)
            .get("getCpuCount", manager -> Wire.number(manager.figures.processors()))
            .async("getUsedCpu", ManagerObject::usedCpu)
            .async("getUsedMemory", ManagerObject::usedMemory)
            .build();

    private final Vertx vertx;
    private final ProcessFigures figures = new ProcessFigures();
    private String metadata = "";

    ManagerObject(Vertx vertx, InstantSource clock) {
        super(ID, ObjectType.SERVER_MANAGER, null, clock);
        this.vertx = vertx;
    }

    @Override
    Future<JsonNode> invoke(String operation, Call call) {
        return OPERATIONS.invoke(this, operation, call);
    }

    @Override
    Future<Void> free() {
        return Future.succeededFuture();
    }

    private static JsonNode info() {
        var info = Wire.struct("ServerInfo").put("type", "KMS").put("version", VERSION);
        info.putArray("capabilities").add("transactions");
        info.putArray("modules")
                .add(module("core", List.of(ObjectType.MEDIA_PIPELINE.name(), ObjectType.PASS_THROUGH.name())))
                .add(module("elements", List.of(ObjectType.WEB_RTC_ENDPOINT.name())));
        return info;
    }

    private static JsonNode module(String name, List<String> factories) {
        var module = Wire.struct("ModuleInfo")
                .put("name", name)
                .put("version", VERSION)
                .put("generationTime", "");
        var list = module.putArray("factories");
        factories.forEach(list::add);
        return module;
    }

    /** The modules' descriptions are Kurento's own; the relay has none to give. */
    private static JsonNode kmd(ManagerObject manager, Arguments arguments) {
        arguments.text("moduleName");
        throw new Refusal(ErrorKind.UNDEFINED, "Requested kmd module doesn't exist");
    }

    /** Listing references nothing: watching a node must not keep orphans alive. */
    private static Future<JsonNode> pipelines(ManagerObject manager, Call call) {
        return Future.succeededFuture(ObjectOperations.ids(call.objects().pipelines()));
    }

    private static Future<JsonNode> sessions(ManagerObject manager, Call call) {
        var list = Wire.array();
        call.sessions().ids().forEach(list::add);
        return Future.succeededFuture(list);
    }

    private static Future<JsonNode> usedCpu(ManagerObject manager, Call call) {
        var interval = Duration.ofMillis(Math.clamp(call.arguments().integer("interval"), 1, MAX_INTERVAL_MILLIS));
        var before = manager.figures.cpuTime();
        var start = System.nanoTime();
        return manager.vertx.timer(interval.toMillis(), TimeUnit.MILLISECONDS).map(fired -> {
            var wall = Duration.ofNanos(System.nanoTime() - start);
            var used = manager.figures.usedCpu(before, manager.figures.cpuTime(), wall);
            return JsonNodeFactory.instance.numberNode(used);
        });
    }

    private static Future<JsonNode> usedMemory(ManagerObject manager, Call call) {
        return manager.vertx.executeBlocking(manager.figures::usedMemory).map(JsonNodeFactory.instance::numberNode);
    }
}

package dev.grandstand.relay.kurento;

import dev.grandstand.relay.media.MediaEngine;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/** Makes objects of the types that this node has. */
final class ObjectFactory {

    private static final String MODULE_PREFIX = "kurento.";

    @FunctionalInterface
    private interface Constructor {
        Future<? extends MediaObject> create(Arguments arguments, Session creator);
    }

    private final ObjectRegistry objects;
    private final MediaEngine media;
    private final EngineCalls engine;
    private final AnnouncedAddresses announced;
    private final Context context;
    private final InstantSource clock;
    private final Map<String, Constructor> constructors = Map.of(
            ObjectType.MEDIA_PIPELINE.name(), this::pipeline,
            ObjectType.WEB_RTC_ENDPOINT.name(), this::webRtcEndpoint,
            ObjectType.PASS_THROUGH.name(), this::passThrough);

    ObjectFactory(
            ObjectRegistry objects,
            MediaEngine media,
            EngineCalls engine,
            AnnouncedAddresses announced,
            Context context,
            InstantSource clock) {
        this.objects = objects;
        this.media = media;
        this.engine = engine;
        this.announced = announced;
        this.context = context;
        this.clock = clock;
    }

    /** @param type with or without the module's name in front */
    Future<MediaObject> create(String type, Arguments arguments, Session creator) {
        var name = type.startsWith(MODULE_PREFIX) ? type.substring(MODULE_PREFIX.length()) : type;
        var constructor = constructors.get(name);
        if (constructor == null) {
            throw Refusal.noSuchType(type);
        }
        objects.requireRoom();
        return constructor.create(arguments, creator).map(object -> object);
    }

    private Future<PipelineObject> pipeline(Arguments arguments, Session creator) {
        var pipeline = new PipelineObject(newId(ObjectType.MEDIA_PIPELINE), clock);
        objects.add(pipeline, creator);
        return Future.succeededFuture(pipeline);
    }

    /**
     * Constructor parameters beside the pipeline choose nothing here: directions follow from the descriptions, the
     * certificate is the node's, and there are no data channels.
     */
    private Future<WebRtcObject> webRtcEndpoint(Arguments arguments, Session creator) {
        var pipeline = pipelineOf(arguments);
        var events = new RtcEvents(context);
        return engine.create(() -> media.createEndpoint(events)).compose(endpoint -> {
            var id = newId(pipeline, ObjectType.WEB_RTC_ENDPOINT);
            var object = new WebRtcObject(id, pipeline, endpoint, events, engine, announced, clock);
            events.attach(object);
            return adopt(object, pipeline, creator);
        });
    }

    private Future<PassThroughObject> passThrough(Arguments arguments, Session creator) {
        var pipeline = pipelineOf(arguments);
        return engine.create(media::createPassThrough).compose(passThrough -> {
            var id = newId(pipeline, ObjectType.PASS_THROUGH);
            return adopt(new PassThroughObject(id, pipeline, passThrough, engine, clock), pipeline, creator);
        });
    }

    /** The pipeline may have been released while the engine was at work. */
    private <E extends ElementObject> Future<E> adopt(E element, PipelineObject pipeline, Session creator) {
        if (!objects.contains(pipeline)) {
            return element.free().compose(freed -> Future.failedFuture(Refusal.noSuchObject(pipeline.id())));
        }
        objects.add(element, creator);
        return Future.succeededFuture(element);
    }

    private PipelineObject pipelineOf(Arguments arguments) {
        var id = arguments
                .optionalText("mediaPipeline")
                .orElseThrow(
                        () -> new Refusal(ErrorKind.MARSHALL_ERROR, "'mediaPipeline' parameter should be a string"));
        if (objects.find(id) instanceof PipelineObject pipeline) {
            return pipeline;
        }
        throw Refusal.noSuchObject(id);
    }

    private static String newId(ObjectType type) {
        return UUID.randomUUID() + "_" + type.qualifiedName();
    }

    private static String newId(MediaObject parent, ObjectType type) {
        return parent.id() + "/" + newId(type);
    }
}

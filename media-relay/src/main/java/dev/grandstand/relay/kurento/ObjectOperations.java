package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What every object can do. */
final class ObjectOperations {

    static final OperationTable<MediaObject> TABLE = OperationTable.<MediaObject>builder()
            .get("getName", object -> Wire.text(object.name()))
            .run("setName", (object, arguments) -> object.rename(arguments.text("name")))
            .get("getCreationTime", object -> JsonNodeFactory.instance.numberNode(object.createdAt()))
            .get("getMediaPipeline", ObjectOperations::pipeline)
            .get("getParent", object -> reference(object.parent()))
            .get("getChildren", object -> ids(object.children()))
            .get("getChilds", object -> ids(object.children()))
            .run("addTag", (object, arguments) -> object.tag(arguments.text("key"), arguments.text("value")))
            .run("removeTag", (object, arguments) -> removeTag(object, arguments.text("key")))
            .query("getTag", (object, arguments) -> tag(object, arguments.text("key")))
            .get("getTags", MediaObject::tagsAsJson)
            .get("getSendTagsInEvents", object -> Wire.flag(object.sendTagsInEvents()))
            .run(
                    "setSendTagsInEvents",
                    (object, arguments) -> object.sendTagsInEvents(arguments.flag("sendTagsInEvents")))
            .build();

    private ObjectOperations() {}

    static JsonNode ids(Collection<? extends MediaObject> objects) {
        var list = Wire.array();
        objects.forEach(object -> list.add(object.id()));
        return list;
    }

    private static JsonNode pipeline(MediaObject object) {
        return switch (object) {
            case ManagerObject manager -> Wire.nothing();
            case PipelineObject pipeline -> reference(pipeline);
            case ElementObject element -> reference(element.parent());
        };
    }

    private static JsonNode reference(@Nullable MediaObject object) {
        return object == null ? Wire.nothing() : Wire.text(object.id());
    }

    private static void removeTag(MediaObject object, String key) {
        if (object.tags().remove(key) == null) {
            throw noSuchTag();
        }
    }

    private static JsonNode tag(MediaObject object, String key) {
        var value = object.tags().get(key);
        if (value == null) {
            throw noSuchTag();
        }
        return Wire.text(value);
    }

    private static Refusal noSuchTag() {
        return new Refusal(ErrorKind.MEDIA_OBJECT_TAG_KEY_NOT_FOUND, "Tag key not found");
    }
}

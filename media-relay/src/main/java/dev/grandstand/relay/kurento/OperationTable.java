package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The operations of one type of object by their names; a type has its own and those of the type that it extends. */
final class OperationTable<T> {

    private final Map<String, Operation<? super T>> operations;

    private OperationTable(Map<String, Operation<? super T>> operations) {
        this.operations = Map.copyOf(operations);
    }

    static <T> Builder<T> builder() {
        return new Builder<>();
    }

    Future<JsonNode> invoke(T target, String name, Call call) {
        var operation = operations.get(name);
        if (operation == null) {
            throw new Refusal(
                    ErrorKind.MALFORMED_TRANSACTION,
                    "Method '" + name + "' with " + call.arguments().size() + " parameters not found");
        }
        return operation.run(target, call);
    }

    static final class Builder<T> {

        private final Map<String, Operation<? super T>> operations = new HashMap<>();

        Builder<T> extending(OperationTable<? super T> base) {
            base.operations.forEach(this::inherit);
            return this;
        }

        @SuppressWarnings("unchecked") // an operation of a supertype of T takes a T
        private void inherit(String name, Operation<?> operation) {
            operations.put(name, (Operation<? super T>) operation);
        }

        /** An operation that asks the engine or waits. */
        Builder<T> async(String name, Operation<? super T> operation) {
            operations.put(name, operation);
            return this;
        }

        /** An operation that only reads. */
        Builder<T> get(String name, Function<? super T, JsonNode> reader) {
            return async(name, (target, call) -> Future.succeededFuture(reader.apply(target)));
        }

        /** An operation that reads and takes parameters. */
        Builder<T> query(String name, Query<? super T> query) {
            return async(name, (target, call) -> Future.succeededFuture(query.answer(target, call.arguments())));
        }

        /** An operation without a result. */
        Builder<T> run(String name, BiConsumer<? super T, Arguments> action) {
            return async(name, (target, call) -> {
                action.accept(target, call.arguments());
                return Future.succeededFuture(Wire.nothing());
            });
        }

        /** An operation that the relay knows but does not have. */
        Builder<T> unsupported(String name) {
            return async(name, (target, call) -> {
                throw Refusal.notSupported("'" + name + "' is not supported by this media node");
            });
        }

        OperationTable<T> build() {
            return new OperationTable<>(operations);
        }
    }

    /** Reads something that the parameters choose. */
    @FunctionalInterface
    interface Query<T> {
        JsonNode answer(T target, Arguments arguments);
    }
}

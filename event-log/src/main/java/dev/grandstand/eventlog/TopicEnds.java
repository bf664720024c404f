package dev.grandstand.eventlog;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.kafka.client.common.TopicPartition;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;

/**
 * Where topics end for readers of committed records. Asked over connections of its own: on a consumer's the broker answers once it is
 * through with the fetch that waits there for records, which is half a second later where nothing happens.
 */
final class TopicEnds {

    private final Admin admin;

    TopicEnds(KafkaSettings settings) {
        admin = Admin.create(Map.copyOf(settings.client()));
    }

    /** The offset behind the last record of each, on this context. */
    Future<Map<TopicPartition, Long>> of(Set<TopicPartition> partitions, Context context) {
        var asked = partitions.stream()
                .collect(Collectors.toMap(
                        partition -> new org.apache.kafka.common.TopicPartition(
                                partition.getTopic(), partition.getPartition()),
                        partition -> OffsetSpec.latest()));
        var found = admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
        return Future.fromCompletionStage(found.all().toCompletionStage(), context)
                .map(ends -> ends.entrySet().stream()
                        .collect(Collectors.toMap(
                                end -> new TopicPartition(
                                        end.getKey().topic(), end.getKey().partition()),
                                end -> end.getValue().offset())));
    }

    /** Whatever is being asked fails. Blocks no longer than a moment. */
    void close() {
        admin.close(Duration.ZERO);
    }
}

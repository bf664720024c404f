package dev.grandstand.allocator.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Lease in which whoever takes it says, in the same write, where it is; and which tells who was read there. */
final class AddressedLease extends LeaseLock {

    private final Reader reader;

    /** Is told what stands in the lease each time that it is read, by the thread that reads. */
    interface Reader {

        /**
         * @param leader empty if nobody holds it, or the holder does not say where it is
         * @param renewed when, by the holder's clock
         */
        void read(Optional<Leader> leader, @Nullable Object renewed);
    }

    /** @param where this process is, if it is known */
    AddressedLease(String namespace, String name, String me, Optional<Leader> where, Reader reader) {
        super(metadata(namespace, name, where), me);
        this.reader = reader;
    }

    private static ObjectMeta metadata(String namespace, String name, Optional<Leader> where) {
        var metadata = new ObjectMetaBuilder().withNamespace(namespace).withName(name);
        where.ifPresent(here -> metadata.addToAnnotations(Leader.ANNOTATION, here.written()));
        return metadata.build();
    }

    @Override
    protected @Nullable LeaderElectionRecord toRecord(Lease lease) {
        var record = super.toRecord(lease);
        if (record != null) {
            var annotations = lease.getMetadata().getAnnotations();
            reader.read(
                    Leader.read(
                            record.getHolderIdentity(),
                            annotations == null ? null : annotations.get(Leader.ANNOTATION)),
                    record.getRenewTime());
        }
        return record;
    }
}

package dev.grandstand.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** The service account that an allocator runs under, and a namespace to hold it. */
final class AllocatorAccount {

    private static final String NAME = "allocator";

    private AllocatorAccount() {}

    /** Makes the namespace, the account and its Role; says how the account's processes reach the server. */
    static Path create(ApiServer server, String namespace) throws IOException {
        server.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        server.admin()
                .load(new ByteArrayInputStream(
                        manifests().replace("NAMESPACE", namespace).getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .create();
        return server.configOf(namespace, NAME);
    }

    private static String manifests() {
        try (var stream = Objects.requireNonNull(
                AllocatorAccount.class.getResourceAsStream("/kubernetes/allocator.yaml"), "a resource of the tests")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of the tests", e);
        }
    }
}

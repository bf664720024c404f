package dev.grandstand.signaling;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.MimeMapping;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file of the web client, ready to be sent.
 *
 * @param type its media type
 * @param etag of its contents (RFC 9110, 8.8.3): the same file has the same one on every instance
 * @param plain its contents
 * @param compressed the same through gzip
 */
record PageFile(String type, String etag, Buffer plain, Buffer compressed) {

    private static final int NOT_MODIFIED = 304;

    static PageFile of(String name, byte[] contents) {
        return new PageFile(
                typeOf(name), '"' + digest(contents) + '"', Buffer.buffer(contents), Buffer.buffer(gzip(contents)));
    }

    /** A page from one version and a module from another do not fit together, so each use asks whether it still is so. */
    void sendTo(HttpServerRequest request) {
        var response = request.response();
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.ETAG, etag)
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (mentions(request.getHeader(HttpHeaders.IF_NONE_MATCH), etag)) {
            response.setStatusCode(NOT_MODIFIED).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, type);
        if (mentions(request.getHeader(HttpHeaders.ACCEPT_ENCODING), "gzip")) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").end(compressed);
        } else {
            response.end(plain);
        }
    }

    private static boolean mentions(@Nullable String header, String value) {
        return header != null && header.contains(value);
    }

    private static String typeOf(String name) {
        var type = MimeMapping.mimeTypeForFilename(name);
        if (type == null) {
            throw new IllegalStateException("nobody knows of what type " + name + " is");
        }
        return type.startsWith("image/") && !name.endsWith(".svg") ? type : type + ";charset=UTF-8";
    }

    private static String digest(byte[] contents) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(contents);
            return HexFormat.of().formatHex(Arrays.copyOf(hash, 12));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] gzip(byte[] contents) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(contents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

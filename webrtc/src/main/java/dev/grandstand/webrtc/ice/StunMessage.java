package dev.grandstand.webrtc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A STUN message (RFC 8489) as far as ICE needs it: Binding requests, responses and indications with the attributes of
 * RFC 8445 section 16.1 and short-term credentials.
 *
 * <p>Over the usual length to have reading and writing of each attribute side by side.
 */
final class StunMessage {

    static final int BINDING_REQUEST = 0x0001;
    static final int BINDING_INDICATION = 0x0011;
    static final int BINDING_SUCCESS = 0x0101;
    static final int BINDING_ERROR = 0x0111;
    static final int ROLE_CONFLICT = 487;
    static final int TRANSACTION_ID_LENGTH = 12;

    private static final int HEADER = 20;
    private static final int MAGIC_COOKIE = 0x2112A442;
    private static final int FINGERPRINT_XOR = 0x5354554e;
    private static final int INTEGRITY_LENGTH = 20;

    private static final int USERNAME = 0x0006;
    private static final int MESSAGE_INTEGRITY = 0x0008;
    private static final int ERROR_CODE = 0x0009;
    private static final int XOR_MAPPED_ADDRESS = 0x0020;
    private static final int PRIORITY = 0x0024;
    private static final int USE_CANDIDATE = 0x0025;
    private static final int FINGERPRINT = 0x8028;
    private static final int ICE_CONTROLLED = 0x8029;
    private static final int ICE_CONTROLLING = 0x802A;

    private final byte[] bytes;
    private final int type;
    private final byte[] transactionId;
    private int integrityAt = -1;
    private @Nullable String username;
    private @Nullable InetSocketAddress mappedAddress;
    private long priority;
    private boolean useCandidate;
    private @Nullable Long controlling;
    private @Nullable Long controlled;
    private int errorCode;

    private StunMessage(byte[] bytes, int type, byte[] transactionId) {
        this.bytes = bytes;
        this.type = type;
        this.transactionId = transactionId;
    }

    /** Reads a message; empty if it is malformed or its FINGERPRINT is wrong. Integrity is checked apart. */
    static Optional<StunMessage> parse(byte[] buffer, int offset, int length) {
        if (length < HEADER || length % 4 != 0 || (buffer[offset] & 0xC0) != 0) {
            return Optional.empty();
        }
        byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length);
        var in = ByteBuffer.wrap(bytes);
        int type = in.getShort();
        int bodyLength = Short.toUnsignedInt(in.getShort());
        if (in.getInt() != MAGIC_COOKIE || bodyLength != length - HEADER) {
            return Optional.empty();
        }
        byte[] transactionId = new byte[TRANSACTION_ID_LENGTH];
        in.get(transactionId);
        var message = new StunMessage(bytes, type, transactionId);
        return message.readAttributes(in) ? Optional.of(message) : Optional.empty();
    }

    private boolean readAttributes(ByteBuffer in) {
        while (in.remaining() >= 4) {
            int at = in.position();
            int attribute = Short.toUnsignedInt(in.getShort());
            int length = Short.toUnsignedInt(in.getShort());
            int padded = (length + 3) & ~3;
            if (padded > in.remaining()) {
                return false;
            }
            int next = in.position() + padded;
            // Whatever follows MESSAGE-INTEGRITY is not protected by it, FINGERPRINT apart (RFC 8489 section 14.5).
            if ((integrityAt < 0 || attribute == FINGERPRINT) && !readAttribute(in, at, attribute, length)) {
                return false;
            }
            in.position(next);
        }
        return !in.hasRemaining();
    }

    private boolean readAttribute(ByteBuffer in, int at, int attribute, int length) {
        switch (attribute) {
            case USERNAME -> {
                username = new String(bytes, in.position(), length, StandardCharsets.UTF_8);
                return true;
            }
            case MESSAGE_INTEGRITY -> {
                integrityAt = at;
                return length == INTEGRITY_LENGTH;
            }
            case PRIORITY -> {
                priority = length == 4 ? Integer.toUnsignedLong(in.getInt()) : -1;
                return priority >= 0;
            }
            case USE_CANDIDATE -> {
                useCandidate = true;
                return true;
            }
            case ICE_CONTROLLING -> {
                controlling = length == 8 ? in.getLong() : null;
                return length == 8;
            }
            case ICE_CONTROLLED -> {
                controlled = length == 8 ? in.getLong() : null;
                return length == 8;
            }
            case ERROR_CODE -> {
                errorCode = length >= 4 ? (bytes[in.position() + 2] & 7) * 100 + (bytes[in.position() + 3] & 0xFF) : 0;
                return length >= 4;
            }
            case XOR_MAPPED_ADDRESS -> {
                mappedAddress = readXorAddress(in.position(), length);
                return mappedAddress != null;
            }
            case FINGERPRINT -> {
                return length == 4 && in.getInt() == fingerprint(bytes, at);
            }
            default -> {
                return true;
            }
        }
    }

    private @Nullable InetSocketAddress readXorAddress(int at, int length) {
        int family = length < 4 ? 0 : bytes[at + 1];
        if (!(family == 1 && length == 8) && !(family == 2 && length == 20)) {
            return null;
        }
        int port = ((bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF)) ^ (MAGIC_COOKIE >>> 16);
        byte[] address = Arrays.copyOfRange(bytes, at + 4, at + length);
        for (int i = 0; i < address.length; i++) {
            address[i] ^= bytes[4 + i];
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    int type() {
        return type;
    }

    byte[] transactionId() {
        return transactionId;
    }

    Optional<String> username() {
        return Optional.ofNullable(username);
    }

    Optional<InetSocketAddress> mappedAddress() {
        return Optional.ofNullable(mappedAddress);
    }

    long priority() {
        return priority;
    }

    boolean useCandidate() {
        return useCandidate;
    }

    /** Tie-breaker of a sender in the controlling role. */
    Optional<Long> controlling() {
        return Optional.ofNullable(controlling);
    }

    /** Tie-breaker of a sender in the controlled role. */
    Optional<Long> controlled() {
        return Optional.ofNullable(controlled);
    }

    int errorCode() {
        return errorCode;
    }

    /** Whether MESSAGE-INTEGRITY is there and was made with this password. */
    boolean isSignedWith(String password) {
        if (integrityAt < 0) {
            return false;
        }
        byte[] given = Arrays.copyOfRange(bytes, integrityAt + 4, integrityAt + 4 + INTEGRITY_LENGTH);
        return MessageDigest.isEqual(given, integrity(bytes, integrityAt, password));
    }

    /** HMAC over what precedes the attribute, with the header's length as if the attribute were the last one. */
    private static byte[] integrity(byte[] message, int at, String password) {
        byte[] covered = Arrays.copyOf(message, at);
        ByteBuffer.wrap(covered).putShort(2, (short) (at - HEADER + 4 + INTEGRITY_LENGTH));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return mac.doFinal(covered);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA1 is required of every Java platform", e);
        }
    }

    private static int fingerprint(byte[] message, int at) {
        byte[] covered = Arrays.copyOf(message, at);
        ByteBuffer.wrap(covered).putShort(2, (short) (at - HEADER + 8));
        var crc = new CRC32();
        crc.update(covered);
        return (int) crc.getValue() ^ FINGERPRINT_XOR;
    }

    static Writer write(int type, byte[] transactionId) {
        return new Writer(type, transactionId);
    }

    /** Writes a message; attributes come in the order of the calls. */
    static final class Writer {
        private final ByteBuffer out = ByteBuffer.allocate(548);

        private Writer(int type, byte[] transactionId) {
            out.putShort((short) type).putShort((short) 0).putInt(MAGIC_COOKIE).put(transactionId);
        }

        Writer username(String username) {
            return attribute(USERNAME, username.getBytes(StandardCharsets.UTF_8));
        }

        Writer priority(long priority) {
            return attribute(
                    PRIORITY, ByteBuffer.allocate(4).putInt((int) priority).array());
        }

        Writer role(boolean controlling, long tieBreaker) {
            return attribute(
                    controlling ? ICE_CONTROLLING : ICE_CONTROLLED,
                    ByteBuffer.allocate(8).putLong(tieBreaker).array());
        }

        Writer useCandidate() {
            return attribute(USE_CANDIDATE, new byte[0]);
        }

        Writer errorCode(int code) {
            return attribute(ERROR_CODE, new byte[] {0, 0, (byte) (code / 100), (byte) (code % 100)});
        }

        Writer xorMappedAddress(InetSocketAddress address) {
            byte[] ip = address.getAddress().getAddress();
            var value = ByteBuffer.allocate(4 + ip.length);
            value.put((byte) 0).put((byte) (ip.length == 4 ? 1 : 2));
            value.putShort((short) (address.getPort() ^ (MAGIC_COOKIE >>> 16)));
            for (int i = 0; i < ip.length; i++) {
                value.put((byte) (ip[i] ^ out.get(4 + i)));
            }
            return attribute(XOR_MAPPED_ADDRESS, value.array());
        }

        private Writer attribute(int type, byte[] value) {
            out.putShort((short) type).putShort((short) value.length).put(value);
            out.position((out.position() + 3) & ~3);
            return this;
        }

        /** Adds MESSAGE-INTEGRITY and FINGERPRINT and returns the finished message. */
        byte[] signedWith(String password) {
            attribute(MESSAGE_INTEGRITY, integrity(out.array(), out.position(), password));
            int crc = fingerprint(out.array(), out.position());
            attribute(FINGERPRINT, ByteBuffer.allocate(4).putInt(crc).array());
            out.putShort(2, (short) (out.position() - HEADER));
            return Arrays.copyOf(out.array(), out.position());
        }
    }
}

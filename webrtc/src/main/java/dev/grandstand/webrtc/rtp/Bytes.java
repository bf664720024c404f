package dev.grandstand.webrtc.rtp;

/** Big-endian numbers in byte arrays. */
public final class Bytes {

    private Bytes() {}

    public static int u8(byte[] b, int at) {
        return b[at] & 0xFF;
    }

    public static int u16(byte[] b, int at) {
        return (b[at] & 0xFF) << 8 | (b[at + 1] & 0xFF);
    }

    public static int u24(byte[] b, int at) {
        return (b[at] & 0xFF) << 16 | u16(b, at + 1);
    }

    public static int i32(byte[] b, int at) {
        return u16(b, at) << 16 | u16(b, at + 2);
    }

    public static long u32(byte[] b, int at) {
        return i32(b, at) & 0xFFFF_FFFFL;
    }

    public static long i64(byte[] b, int at) {
        return u32(b, at) << 32 | u32(b, at + 4);
    }

    public static void put16(byte[] b, int at, int value) {
        b[at] = (byte) (value >>> 8);
        b[at + 1] = (byte) value;
    }

    public static void put24(byte[] b, int at, int value) {
        b[at] = (byte) (value >>> 16);
        put16(b, at + 1, value);
    }

    public static void put32(byte[] b, int at, int value) {
        put16(b, at, value >>> 16);
        put16(b, at + 2, value);
    }

    public static void put64(byte[] b, int at, long value) {
        put32(b, at, (int) (value >>> 32));
        put32(b, at + 4, (int) value);
    }
}

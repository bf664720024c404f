package dev.grandstand.webrtc.srtp;

import org.jitsi.utils.ByteArrayBuffer;

/** A packet in somebody's array, as jitsi-srtp wants to see it; reused for every packet. */
final class PacketSlice implements ByteArrayBuffer {

    private byte[] buffer = new byte[0];
    private int offset;
    private int length;

    PacketSlice of(byte[] buffer, int offset, int length) {
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        return this;
    }

    @Override
    public byte[] getBuffer() {
        return buffer;
    }

    @Override
    public int getOffset() {
        return offset;
    }

    @Override
    public int getLength() {
        return length;
    }

    @Override
    public void setLength(int length) {
        this.length = length;
    }

    @Override
    public void setOffset(int offset) {
        this.offset = offset;
    }

    @Override
    public boolean isInvalid() {
        return false;
    }

    @Override
    public void readRegionToBuff(int off, int len, byte[] out) {
        System.arraycopy(buffer, offset + off, out, 0, len);
    }

    /** Makes room after the packet; the callers of {@link SrtpSession} have left it. */
    @Override
    public void grow(int by) {
        if (offset + length + by > buffer.length) {
            throw new IllegalArgumentException("no room left for " + by + " bytes after the packet");
        }
    }

    @Override
    public void append(byte[] data, int len) {
        grow(len);
        System.arraycopy(data, 0, buffer, offset + length, len);
        length += len;
    }

    @Override
    public void shrink(int by) {
        length = Math.max(0, length - by);
    }
}

package dev.grandstand.webrtc.srtp;

import java.util.Arrays;

/**
 * Master keys and salts of both directions. Not a record: its arrays must not be printed or compared by accident.
 */
public final class SrtpKeys {

    final SrtpProfile profile;
    final byte[] sendKey;
    final byte[] sendSalt;
    final byte[] receiveKey;
    final byte[] receiveSalt;

    /**
     * Splits what DTLS exported (RFC 5764 section 4.2): client key, server key, client salt, server salt.
     *
     * @param client whether we were the DTLS client
     */
    public SrtpKeys(SrtpProfile profile, byte[] exported, boolean client) {
        this.profile = profile;
        int key = profile.keyLength();
        int salt = profile.saltLength();
        byte[] clientKey = Arrays.copyOfRange(exported, 0, key);
        byte[] serverKey = Arrays.copyOfRange(exported, key, 2 * key);
        byte[] clientSalt = Arrays.copyOfRange(exported, 2 * key, 2 * key + salt);
        byte[] serverSalt = Arrays.copyOfRange(exported, 2 * key + salt, 2 * key + 2 * salt);
        sendKey = client ? clientKey : serverKey;
        sendSalt = client ? clientSalt : serverSalt;
        receiveKey = client ? serverKey : clientKey;
        receiveSalt = client ? serverSalt : clientSalt;
    }

    /** Length of what DTLS must export. */
    public static int exportLength(SrtpProfile profile) {
        return 2 * (profile.keyLength() + profile.saltLength());
    }

    public SrtpProfile profile() {
        return profile;
    }
}

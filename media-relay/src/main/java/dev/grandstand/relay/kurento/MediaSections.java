package dev.grandstand.relay.kurento;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * As much of a session description as it takes to tell whether a candidate belongs to one of its m-sections.
 *
 * @param mids values of the {@code a=mid} lines (RFC 5888 section 4)
 * @param count number of m-sections
 */
record MediaSections(Set<String> mids, int count) {

    private static final String MID = "a=mid:";

    static MediaSections of(String sdp) {
        var mids = sdp.lines()
                .filter(line -> line.startsWith(MID))
                .map(line -> line.substring(MID.length()).strip())
                .collect(Collectors.toUnmodifiableSet());
        var count = sdp.lines().filter(line -> line.startsWith("m=")).count();
        return new MediaSections(mids, Math.toIntExact(count));
    }

    /** The mid decides if there is one, else the index (RFC 8840 section 4.1). */
    boolean contain(String mid, int index) {
        return mid.isEmpty() || mids.isEmpty() ? index >= 0 && index < count : mids.contains(mid);
    }
}

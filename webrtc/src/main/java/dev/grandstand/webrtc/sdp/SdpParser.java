package dev.grandstand.webrtc.sdp;

import dev.grandstand.webrtc.dtls.Fingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads session descriptions line by line, tolerating what is unknown and refusing what is broken. Over the usual length
 * because every attribute that is understood has its line here.
 */
final class SdpParser {

    private static final int LENGTH_LIMIT = 256 * 1024;
    private static final int SECTION_LIMIT = 64;

    private final String text;
    private final SectionBuilder session = new SectionBuilder(null, "", 0, "", List.of());
    private final List<SectionBuilder> sections = new ArrayList<>();
    private List<String> bundle = List.of();
    private boolean mixedExtensions;
    private String msidSemantic = "";

    SdpParser(String text) {
        this.text = text;
    }

    SessionDescription parse() throws SdpException {
        if (text.length() > LENGTH_LIMIT) {
            throw new SdpException("longer than " + LENGTH_LIMIT + " characters");
        }
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty() || !lines.getFirst().strip().equals("v=0")) {
            throw new SdpException("does not begin with v=0");
        }
        boolean origin = false;
        for (String line : lines) {
            if (line.length() < 2 || line.charAt(1) != '=') {
                throw new SdpException("not a line of the form x=value: " + abbreviated(line));
            }
            String value = line.substring(2).strip();
            switch (line.charAt(0)) {
                case 'o' -> origin = true;
                case 'm' -> mediaLine(value);
                case 'a' -> attribute(value);
                default -> {
                    // Times, bandwidths and connection data mean nothing to a peer that is found by ICE.
                }
            }
        }
        if (!origin) {
            throw new SdpException("has no o= line");
        }
        return new SessionDescription(
                bundle, sections.stream().map(SectionBuilder::build).toList(), mixedExtensions, msidSemantic);
    }

    private void mediaLine(String value) throws SdpException {
        String[] field = value.split(" +");
        if (field.length < 4 || sections.size() == SECTION_LIMIT) {
            throw new SdpException("bad m= line: " + abbreviated(value));
        }
        String port = field[1].contains("/") ? field[1].substring(0, field[1].indexOf('/')) : field[1];
        sections.add(new SectionBuilder(
                session,
                field[0].toLowerCase(Locale.ROOT),
                number(port, 0, 65_535, value),
                field[2],
                Arrays.asList(field).subList(3, field.length)));
    }

    private void attribute(String text) throws SdpException {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1).strip();
        if (!sections.isEmpty()) {
            sections.getLast().attribute(name, value);
            return;
        }
        switch (name) {
            case "group" -> {
                if (value.equals("BUNDLE") || value.startsWith("BUNDLE ")) {
                    bundle = Arrays.stream(value.split(" +")).skip(1).toList();
                }
            }
            case "extmap-allow-mixed" -> mixedExtensions = true;
            case "msid-semantic" -> msidSemantic = value;
            default -> session.attribute(name, value);
        }
    }

    private static int number(String text, int least, int most, String context) throws SdpException {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new SdpException("not a number in: " + abbreviated(context));
        }
        throw new SdpException("number out of range in: " + abbreviated(context));
    }

    private static String abbreviated(String line) {
        return line.length() <= 80 ? line : line.substring(0, 80) + "…";
    }

    /** Gathers the attributes of one section, or of the session, whose values are the sections' defaults. */
    private static final class SectionBuilder {

        private static final class CodecBuilder {
            private String name = "";
            private int clockRate;
            private int channels = 1;
            private String parameters = "";
            private final List<String> feedback = new ArrayList<>();
        }

        private final @Nullable SectionBuilder defaults;
        private final String type;
        private final int port;
        private final String protocol;
        private final List<String> formats;
        private final Map<Integer, CodecBuilder> codecs = new LinkedHashMap<>();
        private final List<String> feedbackForAll = new ArrayList<>();
        private final List<Extension> extensions = new ArrayList<>();
        private final Set<Long> ssrcs = new LinkedHashSet<>();
        private final List<String> candidates = new ArrayList<>();
        private String mid = "";
        private @Nullable Direction direction;
        private @Nullable Setup setup;
        private @Nullable String ufrag;
        private @Nullable String password;
        private @Nullable Fingerprint fingerprint;
        private boolean rtcpMux;

        SectionBuilder(
                @Nullable SectionBuilder defaults, String type, int port, String protocol, List<String> formats) {
            this.defaults = defaults;
            this.type = type;
            this.port = port;
            this.protocol = protocol;
            this.formats = formats;
        }

        void attribute(String name, String value) throws SdpException {
            switch (name) {
                case "mid" -> mid = value;
                case "ice-ufrag" -> ufrag = value;
                case "ice-pwd" -> password = value;
                case "fingerprint" -> Fingerprint.parse(value).ifPresent(parsed -> fingerprint = parsed);
                case "rtcp-mux" -> rtcpMux = true;
                case "candidate" -> candidates.add("candidate:" + value);
                case "sendrecv", "sendonly", "recvonly", "inactive" ->
                    direction = Direction.valueOf(name.toUpperCase(Locale.ROOT));
                case "setup" -> setup = setup(value);
                case "rtpmap" -> rtpmap(value);
                case "fmtp" -> codec(value).parameters = afterSpace(value);
                case "rtcp-fb" -> feedback(value);
                case "extmap" -> extmap(value);
                case "ssrc" -> ssrc(value);
                default -> {
                    // Unknown attributes are ignored (RFC 8866 section 5.13).
                }
            }
        }

        private static @Nullable Setup setup(String value) {
            return switch (value) {
                case "active" -> Setup.ACTIVE;
                case "passive" -> Setup.PASSIVE;
                case "actpass" -> Setup.ACTPASS;
                default -> null;
            };
        }

        private void rtpmap(String value) throws SdpException {
            String[] encoding = afterSpace(value).split("/");
            if (encoding.length < 2) {
                throw new SdpException("bad rtpmap: " + abbreviated(value));
            }
            CodecBuilder codec = codec(value);
            codec.name = encoding[0];
            codec.clockRate = number(encoding[1], 1, 10_000_000, value);
            codec.channels = encoding.length > 2 ? number(encoding[2], 1, 255, value) : 1;
        }

        private void feedback(String value) throws SdpException {
            if (value.startsWith("*")) {
                feedbackForAll.add(afterSpace(value));
            } else {
                codec(value).feedback.add(afterSpace(value));
            }
        }

        private CodecBuilder codec(String value) throws SdpException {
            int payloadType = number(beforeSpace(value), 0, 127, value);
            return codecs.computeIfAbsent(payloadType, none -> new CodecBuilder());
        }

        private void extmap(String value) throws SdpException {
            String id = beforeSpace(value);
            int slash = id.indexOf('/');
            String[] rest = afterSpace(value).split(" ");
            extensions.add(new Extension(number(slash < 0 ? id : id.substring(0, slash), 1, 65_535, value), rest[0]));
        }

        private void ssrc(String value) throws SdpException {
            try {
                ssrcs.add(Long.parseLong(beforeSpace(value)) & 0xFFFF_FFFFL);
            } catch (NumberFormatException e) {
                throw new SdpException("bad ssrc: " + abbreviated(value));
            }
        }

        private static String beforeSpace(String value) {
            int space = value.indexOf(' ');
            return space < 0 ? value : value.substring(0, space);
        }

        private static String afterSpace(String value) {
            int space = value.indexOf(' ');
            return space < 0 ? "" : value.substring(space + 1).strip();
        }

        MediaSection build() {
            var listed = new ArrayList<Codec>();
            for (String format : formats) {
                CodecBuilder codec = format.matches("\\d{1,3}") ? codecs.get(Integer.parseInt(format)) : null;
                if (codec != null && !codec.name.isEmpty()) {
                    var feedback = new ArrayList<>(codec.feedback);
                    feedback.addAll(feedbackForAll);
                    listed.add(new Codec(
                            Integer.parseInt(format),
                            codec.name,
                            codec.clockRate,
                            codec.channels,
                            codec.parameters,
                            feedback));
                }
            }
            SectionBuilder session = defaults == null ? this : defaults;
            Direction dir = direction != null ? direction : session.direction;
            return new MediaSection(
                    type,
                    port,
                    protocol,
                    formats,
                    mid,
                    dir == null ? Direction.SENDRECV : dir,
                    Optional.ofNullable(setup != null ? setup : session.setup),
                    Optional.ofNullable(ufrag != null ? ufrag : session.ufrag),
                    Optional.ofNullable(password != null ? password : session.password),
                    Optional.ofNullable(fingerprint != null ? fingerprint : session.fingerprint),
                    rtcpMux,
                    listed,
                    extensions,
                    List.copyOf(ssrcs),
                    candidates);
        }
    }
}

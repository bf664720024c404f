package dev.grandstand.e2e.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ./grandstand bench}. */
public final class Bench {

    private static final String OF_IMAGES = "ready";
    private static final Map<String, Benchmark> ALL = new LinkedHashMap<>();

    static {
        ALL.put("join", new JoinBench());
        ALL.put("first-frame", new FirstFrameBench());
        ALL.put("relay", new RelayBench());
        ALL.put("hops", new HopsBench());
        ALL.put("agent", new AgentBench());
        ALL.put("start", new StartBench());
        ALL.put("bigroom", new BigRoomBench());
        ALL.put("restore", new RestoreBench());
        ALL.put("fanout", new FanoutBench());
        ALL.put("failover", new FailoverBench());
        ALL.put("sessions", new SessionsBench());
        ALL.put("allocate", new AllocateBench());
        ALL.put(OF_IMAGES, new ReadyBench());
    }

    private Bench() {}

    /** Exits with 2 on bad usage, and with 1 when a benchmark could not be carried through. */
    public static void main(String[] args) {
        var names = new ArrayList<String>();
        int seconds = 0;
        int size = 0;
        var rates = new ArrayList<Integer>();
        try {
            for (int i = 0; i < args.length; i++) {
                switch (args[i]) {
                    case "--seconds" -> seconds = number(args, ++i);
                    case "--size" -> size = number(args, ++i);
                    case "--rate" -> rates.add(number(args, ++i));
                    default -> names.add(known(args[i]));
                }
            }
        } catch (IllegalArgumentException e) {
            System.err.println("grandstand: bench: " + e.getMessage());
            System.exit(2);
        }
        // Playwright and Vert.x leave threads behind that are not worth waiting for.
        System.exit(run(names, new Settings(seconds, size, rates, Path.of("").toAbsolutePath())) ? 0 : 1);
    }

    private static int number(String[] args, int at) {
        try {
            int number = at < args.length ? Integer.parseInt(args[at]) : 0;
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(args[at - 1] + " wants a number, not " + args[at], e);
        }
        throw new IllegalArgumentException(args[at - 1] + " wants a number above 0");
    }

    private static String known(String name) {
        if (!ALL.containsKey(name)) {
            throw new IllegalArgumentException("there is no " + name + ", but " + ALL.keySet());
        }
        return name;
    }

    /** Images are made by another command, for which something has to be downloaded. */
    private static List<String> withoutImages() {
        return ALL.keySet().stream().filter(name -> !name.equals(OF_IMAGES)).toList();
    }

    private static boolean run(List<String> names, Settings settings) {
        boolean good = true;
        for (var name : names.isEmpty() ? withoutImages() : names) {
            try {
                var report = ALL.get(name).run(settings);
                report.print(System.out);
                report.write(settings.home().resolve("target/bench"));
            } catch (Exception e) {
                good = false;
                System.err.println("grandstand: bench " + name + " was not carried through: " + e);
                e.printStackTrace();
            }
        }
        return good;
    }
}

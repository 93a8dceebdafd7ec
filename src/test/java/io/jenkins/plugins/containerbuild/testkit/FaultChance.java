package io.jenkins.plugins.containerbuild.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Spoils requests by chance, as a bad network and tired servers do, each of them a few times at most. The same seed
 * spoils the same requests of the same clients: what decides is what is asked for, and for which time.
 */
final class FaultChance {

    /** Else chance would one day spoil a request as often as clients try it; after web pages that is not often. */
    private static final int MOST = 2;

    private static final Duration A_MOMENT = Duration.ofMillis(30);
    private static final String JSON = "{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"spoilt by chance\"}]}";
    private static final String HTML = "<html><body><h1>Be right back</h1></body></html>";

    private static final List<Fault> FAULTS = List.of(
            Fault.cutRequestAfter(0),
            Fault.CUT_REQUEST_IN_THE_MIDDLE,
            Fault.cutResponseAfter(20),
            Fault.LOSE_HALF,
            Fault.answer(500, Map.of(), "application/json", JSON),
            Fault.answer(502, Map.of(), "text/html", HTML),
            Fault.answer(200, Map.of(), "text/html", HTML),
            Fault.answer(429, Map.of("Retry-After", "0"), "application/json", JSON),
            Fault.answer(429, Map.of("Retry-After", "1"), "application/json", JSON),
            (exchange, forwarder) -> {
                Thread.sleep(A_MOMENT.toMillis());
                Fault.NONE.apply(exchange, forwarder);
            });

    private final long seed;
    private final int oneIn;
    private final Map<String, Integer> times = new ConcurrentHashMap<>();
    private final Map<String, Integer> spoilt = new ConcurrentHashMap<>();

    FaultChance(long seed, int oneIn) {
        this.seed = seed;
        this.oneIn = oneIn;
    }

    Fault of(String method, String path) {
        String asked = method + ' ' + path.replaceAll("/uploads/.*", "/uploads/");
        int time = times.merge(asked, 1, Integer::sum);
        SplittableRandom random = new SplittableRandom(seed * 31 + (asked + ' ' + time).hashCode());
        boolean spoils = random.nextInt(oneIn) == 0 && spoilt.merge(asked, 1, Integer::sum) <= MOST;
        return spoils ? FAULTS.get(random.nextInt(FAULTS.size())) : Fault.NONE;
    }
}

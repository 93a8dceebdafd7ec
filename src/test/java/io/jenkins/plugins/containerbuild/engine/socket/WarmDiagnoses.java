package io.jenkins.plugins.containerbuild.engine.socket;

import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import java.util.Map;
import java.util.stream.LongStream;

/** For {@code dev/benchmark socket}: how long a diagnosis takes in a JVM that has made some before. */
final class WarmDiagnoses {

    private static final int WARM_UP = 20;
    private static final int ROUNDS = 101;

    private WarmDiagnoses() {}

    /** Prints median and maximum for the address given. */
    public static void main(String[] arguments) throws InterruptedException {
        EndpointRequest endpoint = new EndpointRequest(arguments[0], null, Map.of());
        long[] nanos = new long[WARM_UP + ROUNDS];
        SocketDiagnosis last = null;
        for (int round = 0; round < nanos.length; round++) {
            long start = System.nanoTime();
            last = SocketDoctor.diagnose(endpoint);
            nanos[round] = System.nanoTime() - start;
        }
        long[] sorted = LongStream.of(nanos)
                .skip(WARM_UP)
                .map(time -> time / 1_000_000)
                .sorted()
                .toArray();
        System.out.printf(
                "%s: median %d ms, longest %d ms of %d%n",
                last.verdict(), sorted[ROUNDS / 2], sorted[ROUNDS - 1], ROUNDS);
    }
}

package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.testkit.TestRegistry;
import java.util.List;
import java.util.stream.LongStream;

/** For {@code dev/benchmark copy}: how long another tag in a repository takes in a JVM that has made some before. */
final class WarmCopies {

    private static final int WARM_UP = 20;
    private static final int ROUNDS = 101;

    private WarmCopies() {}

    /** Prints median and maximum, beside a registry of its own on loopback. */
    public static void main(String[] arguments) throws Exception {
        try (TestRegistry registry = TestRegistry.plain();
                RegistryClientUnderTest under = RegistryClientUnderTest.anonymous()) {
            CraftedImages images = new CraftedImages(registry);
            images.twoPlatforms("1");
            ImageReference from = ImageReference.parse(images.name() + ":1");
            long[] nanos = new long[WARM_UP + ROUNDS];
            long bytes = 0;
            for (int round = 0; round < nanos.length; round++) {
                long start = System.nanoTime();
                bytes += under.client()
                        .copy(new CopyRequest(from, List.of(from.withTag("copy-" + round)), false))
                        .transferredBytes();
                nanos[round] = System.nanoTime() - start;
            }
            long[] sorted = LongStream.of(nanos)
                    .skip(WARM_UP)
                    .map(time -> time / 1_000_000)
                    .sorted()
                    .toArray();
            System.out.printf(
                    "another tag: first %d ms, then median %d ms, longest %d ms of %d; %d bytes of blobs transferred%n",
                    nanos[0] / 1_000_000, sorted[ROUNDS / 2], sorted[ROUNDS - 1], ROUNDS, bytes);
        }
    }
}

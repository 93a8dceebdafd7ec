package io.jenkins.plugins.containerbuild.engine.container;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.math.BigDecimal;

/**
 * How much a container may use; null is no limit, or the daemon's own.
 *
 * @param memoryBytes the most memory
 * @param nanoCpus billionths of a processor
 * @param shmBytes the size of {@code /dev/shm}
 */
public record ContainerLimits(Long memoryBytes, Long nanoCpus, Long shmBytes) implements Serializable {

    /** No limits. */
    public static final ContainerLimits NONE = new ContainerLimits(null, null, null);

    private static final long serialVersionUID = 1L;
    private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal MOST = BigDecimal.valueOf(10_000);

    /**
     * Reads a number of processors, such as {@code 1.5}.
     *
     * @param text not null
     * @return billionths
     * @throws InvalidRequestException when it is no positive number
     */
    public static long nanoCpus(String text) throws InvalidRequestException {
        try {
            BigDecimal cpus = new BigDecimal(text.trim());
            if (cpus.signum() > 0 && cpus.compareTo(MOST) <= 0) {
                return cpus.multiply(BILLION).longValue();
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is too small.
        }
        throw new InvalidRequestException(
                "could not read the option cpus with '" + text + "'",
                "it is no number of processors",
                "Write for example 0.5 or 2");
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities;

import io.jenkins.plugins.containerbuild.engine.endpoint.EngineInfo;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of BuildKit, as far as options depend on it.
 *
 * @param major the first number
 * @param minor the second number
 */
public record BuildKitVersion(int major, int minor) implements Comparable<BuildKitVersion> {

    private static final Pattern TEXT = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})\\D.*");

    /** Of Engine 20.10, the oldest one that has to be told apart. */
    private static final BuildKitVersion OLDEST = new BuildKitVersion(0, 8);

    /** Of 23.0; from then on each API version has a BuildKit one version newer. */
    private static final int FIRST_API_IN_STEP = 42;

    private static final int BUILDKIT_OF_FIRST = 10;

    /** Where nobody tells, a version that has everything: then the daemon itself says what it does not know. */
    static final BuildKitVersion UNKNOWN = new BuildKitVersion(Integer.MAX_VALUE, 0);

    /** Reads what a daemon tells; empty for distributions that build it without a version ({@code v0.0.0+unknown}). */
    static Optional<BuildKitVersion> parse(String text) {
        Matcher matcher = TEXT.matcher(text + " ");
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BuildKitVersion version =
                new BuildKitVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        return version.equals(new BuildKitVersion(0, 0)) ? Optional.empty() : Optional.of(version);
    }

    /**
     * The version that a Docker Engine contains at least. Engine 23.0 (API 1.42) has 0.10, 24.0 (1.43) has 0.11, and so on
     * up to 26.1 (1.45) with 0.13; later ones are further ahead.
     */
    static BuildKitVersion of(EngineInfo engine) {
        String[] api = engine.serverApiVersion().split("\\.", 2);
        if (!api[0].equals("1")) {
            return UNKNOWN;
        }
        int steps = Integer.parseInt(api[1]) - FIRST_API_IN_STEP;
        return steps < 0 ? OLDEST : new BuildKitVersion(0, BUILDKIT_OF_FIRST + steps);
    }

    /** Whether an Engine is older than 23.0: it has the classic image store alone, and its BuildKit tells no version. */
    static boolean isOldest(EngineInfo engine) {
        return of(engine).equals(OLDEST);
    }

    /** Whether it is this version or a newer one. */
    public boolean isAtLeast(int wantedMajor, int wantedMinor) {
        return compareTo(new BuildKitVersion(wantedMajor, wantedMinor)) >= 0;
    }

    @Override
    public int compareTo(BuildKitVersion other) {
        return major == other.major ? Integer.compare(minor, other.minor) : Integer.compare(major, other.major);
    }

    @Override
    public String toString() {
        return equals(UNKNOWN) ? "unknown" : major + "." + minor;
    }
}

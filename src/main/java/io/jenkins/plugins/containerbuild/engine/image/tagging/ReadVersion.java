package io.jenkins.plugins.containerbuild.engine.image.tagging;

/**
 * A version number that was read by a scheme.
 *
 * @param raw as it was written
 * @param version as the scheme writes it
 * @param major its first number
 * @param minor its second number, 0 where there is none
 * @param patch its third number, 0 where there is none
 * @param release whether it is a release, not one before or after it: only then does it move {@code 1.2} and {@code latest}
 */
record ReadVersion(String raw, String version, String major, String minor, String patch, boolean release) {

    /** The value of an expression of {@link Vocabulary#VERSION}. */
    String value(String name) {
        return switch (name) {
            case "raw" -> raw;
            case "version" -> version;
            case "major" -> major;
            case "minor" -> minor;
            default -> patch;
        };
    }
}

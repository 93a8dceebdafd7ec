package io.jenkins.plugins.containerbuild.engine.compose;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Names of projects: lower-case letters, digits, hyphens and underscores, as Compose wants them. */
final class ProjectName {

    private static final Pattern SYNTAX = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final int LONGEST_BUILD = 40;
    private static final int RANDOM_DIGITS = 8;

    private ProjectName() {}

    static void check(String name) throws InvalidRequestException {
        if (!SYNTAX.matcher(name).matches()) {
            throw new InvalidRequestException(
                    "could not use '" + Printable.shortened(name) + "' as a project's name",
                    "it is not made of at most 63 lower-case letters, digits, hyphens and underscores, the first one a"
                            + " letter or digit",
                    "Give a name such as tests, or none");
        }
    }

    /** One that says whose it is, and that no other block of any build has: two blocks of one build may run at once. */
    static String free(Maker maker) {
        String build = maker.build() == null ? "container-build" : maker.build();
        String readable =
                build.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String end = readable.substring(Math.max(0, readable.length() - LONGEST_BUILD))
                .replaceAll("^-+", "");
        String random = UUID.randomUUID().toString().replace("-", "").substring(0, RANDOM_DIGITS);
        return end.isEmpty() ? "build-" + random : end + "-" + random;
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a build failed, in people's words: the daemon's, without its wrapping, its folders and its identifiers.
 *
 * @param why the reason
 * @param exitCode of the command that failed; null when it was none
 * @param missingFile what {@code COPY} or {@code ADD} did not find, as the daemon names it; null otherwise
 */
record FailureReason(String why, Integer exitCode, String missingFile) {

    private static final List<Pattern> WRAPPINGS = List.of(
            Pattern.compile("rpc error: code = \\w+ desc = "),
            Pattern.compile("failed to solve(?: with frontend \\S+)?: "),
            Pattern.compile("failed to build LLB: "),
            Pattern.compile("failed to create LLB definition: "),
            Pattern.compile("failed to (?:load|compute) cache key: "),
            Pattern.compile("failed to calculate checksum of ref \\S+: "));

    private static final Pattern COMMAND = Pattern.compile(
            "(?:process \"(.*)\" did not complete successfully|executor failed running \\[(.*)\\]): exit code: (-?\\d+)",
            Pattern.DOTALL);
    private static final Pattern NOT_IN_CONTEXT = Pattern.compile("\"(/[^\"]*)\":? not found(?:: not found)?");
    private static final Pattern NOT_IN_STAGE = Pattern.compile(
            "lstat (?:\\S*/(?:merged|diff|buildkit-mount\\d+|containerd-mount\\d+))?(/.*): no such file.*");
    private static final Pattern SOURCE =
            Pattern.compile("(?:\\S+: )?failed to resolve source metadata for (\\S+): (.*)");
    private static final Pattern ASKED = Pattern.compile("failed to do request: \\w+ \"?[^\" ]+\"?: (.*)");
    private static final Pattern REPEATED = Pattern.compile("(\\S+): (not found)");
    private static final Pattern PARSE = Pattern.compile("dockerfile parse error (?:on )?line (\\d+): (.*)");

    private static final Pattern BASE_IMAGE = Pattern.compile("(?:\\[[^]]*] )?(?:load metadata for|FROM) (\\S+)");
    private static final Pattern FRONTEND =
            Pattern.compile("(?:\\[[^]]*] )?resolve image config for (?:docker-image://)?(\\S+)");

    /**
     * Reads the daemon's words.
     *
     * @param said what failed, as the daemon puts it
     * @param step the daemon's name of what it was doing; may be null
     */
    static FailureReason of(String said, String step) {
        String plain = unwrapped(said);
        Matcher command = COMMAND.matcher(plain);
        if (command.matches()) {
            String line = command.group(1) == null ? command.group(2) : command.group(1);
            return new FailureReason(
                    "the command failed with exit code: " + command.group(3) + ": " + line,
                    Integer.valueOf(command.group(3)),
                    null);
        }
        Matcher file = NOT_IN_CONTEXT.matcher(plain);
        if (file.matches()) {
            return new FailureReason("there is no " + file.group(1).substring(1), null, file.group(1));
        }
        Matcher inStage = NOT_IN_STAGE.matcher(plain);
        if (inStage.matches()) {
            return new FailureReason("there is no " + inStage.group(1) + " to copy", null, null);
        }
        Matcher parse = PARSE.matcher(plain);
        if (parse.matches()) {
            return new FailureReason(
                    "the Dockerfile cannot be read at line " + parse.group(1) + ": " + parse.group(2), null, null);
        }
        return new FailureReason(source(plain, step == null ? "" : step), null, null);
    }

    /** Whether the daemon was about to fetch what a Dockerfile's line {@code # syntax=} names. */
    static boolean isFrontend(String step) {
        return step != null && FRONTEND.matcher(step).matches();
    }

    /** The daemon's words without those that only say that something failed. */
    static String unwrapped(String said) {
        String plain = said.strip();
        for (Pattern wrapping : WRAPPINGS) {
            plain = wrapping.matcher(plain).replaceAll("");
        }
        return plain;
    }

    private static String source(String plain, String step) {
        Matcher frontend = FRONTEND.matcher(step);
        Matcher base = BASE_IMAGE.matcher(step);
        Matcher source = SOURCE.matcher(plain);
        boolean named = source.matches();
        String rest = withoutRequest(named ? source.group(2) : plain);
        if (frontend.matches()) {
            return "could not get the frontend " + frontend.group(1)
                    + ", which the Dockerfile's line '# syntax=' names: " + rest;
        }
        if (base.matches()) {
            return "could not get the base image " + base.group(1) + ": " + rest;
        }
        return named ? "could not get the image " + source.group(1) + ": " + rest : rest;
    }

    private static String withoutRequest(String plain) {
        Matcher repeated = REPEATED.matcher(plain);
        if (repeated.matches()) {
            return "its registry has no " + repeated.group(1) + " (not found)";
        }
        Matcher asked = ASKED.matcher(plain);
        return asked.matches() ? "its registry cannot be reached: " + asked.group(1) : plain;
    }
}

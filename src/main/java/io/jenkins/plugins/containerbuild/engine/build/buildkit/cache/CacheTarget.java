package io.jenkins.plugins.containerbuild.engine.build.buildkit.cache;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.CacheOption;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.content.OciLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place where a build leaves its cache.
 *
 * @param type {@code registry}, {@code local} or another one that the daemon knows
 * @param attributes what the daemon is told of it
 * @param ignoreError whether the build is a success even when the cache cannot be left there
 * @param limit how long it may take: nobody waits longer for a build that is done
 * @param layout the directory, for the type local; else null
 * @param tag the name that the cache gets in the directory
 */
public record CacheTarget(
        String type,
        Map<String, String> attributes,
        boolean ignoreError,
        Duration limit,
        OciLayout layout,
        String tag) {

    static final String LATEST = "latest";

    private static final String LOCAL = "local";
    /** The one whose own attributes have a timeout as well. */
    private static final String GITHUB = "gha";

    private static final String DEST = "dest";
    private static final String MODE = "mode";
    private static final String IGNORE_ERROR = "ignore-error";
    private static final String TIMEOUT = "timeout";
    private static final Duration USUAL_LIMIT = Duration.ofMinutes(10);
    private static final Pattern LIMIT = Pattern.compile("(?=.)(?:(\\d{1,4})h)?(?:(\\d{1,4})m)?(?:(\\d{1,6})s)?");
    private static final Set<String> MODES = Set.of("min", "max");
    private static final Set<String> YES = Set.of("1", "t", "true");
    private static final Set<String> NO = Set.of("0", "f", "false");

    /** Copies the map. */
    public CacheTarget {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    static CacheTarget of(CacheOption option, Path root) throws InvalidRequestException {
        Map<String, String> attributes = new LinkedHashMap<>(option.attributes());
        String mode = attributes.get(MODE);
        if (mode != null && !MODES.contains(mode)) {
            throw unusable("there is no mode '" + mode + "'", "Write mode=min or mode=max");
        }
        // Not for the daemon, which would tell of no error then.
        boolean ignoreError = ignoresErrors(attributes.remove(IGNORE_ERROR));
        Duration limit = limit(attributes.get(TIMEOUT));
        if (!option.type().equals(GITHUB)) {
            attributes.remove(TIMEOUT);
        }
        if (!option.type().equals(LOCAL)) {
            return new CacheTarget(option.type(), attributes, ignoreError, limit, null, LATEST);
        }
        String path = attributes.getOrDefault(DEST, "");
        if (path.isEmpty()) {
            throw unusable(
                    "type=local names no directory",
                    "Write for example type=local,dest=cache for a directory of the workspace");
        }
        String what = "could not use the option cacheTo with the directory '" + path + "'";
        String tag = attributes.remove("tag");
        return new CacheTarget(
                LOCAL, attributes, ignoreError, limit, OciLayout.toWrite(what, path, root), tag == null ? LATEST : tag);
    }

    private static Duration limit(String value) throws InvalidRequestException {
        if (value == null) {
            return USUAL_LIMIT;
        }
        Matcher parts = LIMIT.matcher(value);
        Duration limit = parts.matches()
                ? Duration.ofHours(number(parts.group(1)))
                        .plusMinutes(number(parts.group(2)))
                        .plusSeconds(number(parts.group(3)))
                : Duration.ZERO;
        if (limit.isZero()) {
            throw unusable("timeout is '" + value + "'", "Write for example timeout=90s or timeout=1h30m");
        }
        return limit;
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static boolean ignoresErrors(String value) throws InvalidRequestException {
        String lower = value == null ? "true" : value.toLowerCase(Locale.ROOT);
        if (!YES.contains(lower) && !NO.contains(lower)) {
            throw unusable("ignore-error is '" + value + "'", "Write ignore-error=true or ignore-error=false");
        }
        return YES.contains(lower);
    }

    private static InvalidRequestException unusable(String why, String advice) {
        return new InvalidRequestException("could not use the option cacheTo", why, advice);
    }

    /** The id under which a daemon asks for the blobs of a directory. */
    static String storeId(String path) {
        return "local:" + path;
    }

    /** The directory by the id that the daemon knows; empty for other types. */
    public Map<String, OciLayout> stores() {
        return layout == null ? Map.of() : Map.of(storeId(attributes.get(DEST)), layout);
    }

    /**
     * Takes note of what the daemon left.
     *
     * @param answer the daemon's answer
     * @throws IOException when the directory's index cannot be written
     * @throws InterruptedException when the thread was interrupted
     */
    public void left(Map<String, String> answer) throws IOException, InterruptedException {
        String manifest = answer.get("cache.manifest");
        if (layout != null && manifest != null) {
            layout.tag(tag, manifest);
        }
    }

    /** What people call it; holds no attribute that may be a secret. */
    public String shown() {
        String place = attributes.getOrDefault("ref", attributes.getOrDefault(DEST, ""));
        return place.isEmpty() ? "type=" + type : place;
    }
}

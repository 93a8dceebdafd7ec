package io.jenkins.plugins.containerbuild.engine.volume;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who owns files, in numbers: names mean other numbers in every image.
 *
 * @param uid the user, 0 to 4294967294
 * @param gid the group, 0 to 4294967294
 */
public record VolumeOwner(long uid, long gid) implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,10})(?::(\\d{1,10}))?");

    /** The last one, 2^32-1, means "leave as it is" to the kernel. */
    private static final long LARGEST = 4294967294L;

    /** Checks the numbers. */
    public VolumeOwner {
        if (uid < 0 || uid > LARGEST || gid < 0 || gid > LARGEST) {
            throw new IllegalArgumentException("there is no owner " + uid + ":" + gid);
        }
    }

    /**
     * Reads {@code 1000:1000}; {@code 1000} alone is user and group.
     *
     * @param text not null
     * @throws InvalidRequestException when it is neither
     */
    public static VolumeOwner parse(String text) throws InvalidRequestException {
        Matcher matcher = SYNTAX.matcher(text.trim());
        if (!matcher.matches()) {
            throw unreadable(text, "it is not two numbers with a colon between them");
        }
        long uid = Long.parseLong(matcher.group(1));
        long gid = matcher.group(2) == null ? uid : Long.parseLong(matcher.group(2));
        if (uid > LARGEST || gid > LARGEST) {
            throw unreadable(text, "the numbers end with " + LARGEST);
        }
        return new VolumeOwner(uid, gid);
    }

    private static InvalidRequestException unreadable(String text, String why) {
        return new InvalidRequestException(
                "could not read the owner '" + text + "'",
                why,
                "Write user and group as numbers, for example 1000:1000");
    }

    /** {@code uid:gid}. */
    @Override
    public String toString() {
        return uid + ":" + gid;
    }
}

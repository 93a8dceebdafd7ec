package io.jenkins.plugins.containerbuild.engine.image;

/**
 * Checks one part of a reference after the other, from left to right, looking at each character a bounded number of
 * times. The grammar is the one of the distribution project's reference package.
 */
final class PartGrammar {

    static final int LONGEST_TAG = 128;
    static final int LONGEST_PATH = 255;

    private static final String HOST = "the registry host";
    private static final String NAME = "the repository name";
    private static final String TAG = "the tag";

    private final String kind;
    private final String text;

    PartGrammar(String kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /** The error for the character at {@code index}, counted from 0. */
    InvalidReferenceException bad(int index, String reason) {
        return new InvalidReferenceException(kind, text, reason, index + 1);
    }

    private InvalidReferenceException badCharacter(int index, String place) {
        return bad(index, Offence.at(text, index, place));
    }

    /** A host name, an IPv4 address or an IPv6 address in brackets, with an optional port. */
    void checkDomain(int from, int to) {
        int hostEnd = text.charAt(from) == '[' ? checkBrackets(from, to) : checkHostName(from, to);
        if (hostEnd == to) {
            return;
        }
        if (text.charAt(hostEnd) != ':') {
            throw badCharacter(hostEnd, HOST);
        }
        checkPort(hostEnd + 1, to);
    }

    private int checkBrackets(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            char c = text.charAt(i);
            if (c == ']' && i > from + 1) {
                return i + 1;
            }
            if (c == '%') {
                throw bad(i, "contains an IPv6 zone in the registry host; zones are not allowed in image names");
            }
            if (!Offence.isHex(c) && c != ':') {
                throw badCharacter(i, "the IPv6 address of the registry");
            }
        }
        throw bad(to, "the ']' behind the registry's IPv6 address is missing");
    }

    private int checkHostName(int from, int to) {
        int labelStart = from;
        for (int i = from; i <= to; i++) {
            char c = i < to ? text.charAt(i) : ':';
            if (c == '.' || c == ':') {
                checkLabelEnds(labelStart, i);
                labelStart = i + 1;
                if (c == ':') {
                    return i;
                }
            } else if (!Offence.isAlphanumeric(c) && c != '-') {
                throw badCharacter(i, HOST);
            }
        }
        return to;
    }

    private void checkLabelEnds(int from, int to) {
        if (from == to) {
            throw bad(from, "a part of the registry host is empty");
        }
        if (text.charAt(from) == '-') {
            throw bad(from, "a part of the registry host starts with '-'");
        }
        if (text.charAt(to - 1) == '-') {
            throw bad(to - 1, "a part of the registry host ends with '-'");
        }
    }

    private void checkPort(int from, int to) {
        if (from == to) {
            throw bad(from, "the port behind ':' is missing");
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == ':') {
                throw bad(
                        i,
                        "the registry host has more than one ':'; an IPv6 address needs brackets: [2001:db8::1]:5000");
            }
            if (!Offence.isDigit(text.charAt(i))) {
                throw badCharacter(i, "the registry's port");
            }
        }
        if (to - from > 5 || Integer.parseInt(text.substring(from, to)) > 65535) {
            throw bad(from, "the registry's port is greater than 65535");
        }
    }

    /** Lower-case words between slashes; inside a word {@code .}, {@code _}, {@code __} and dashes may separate. */
    void checkPath(int from, int to) {
        if (from == to) {
            throw bad(from, "the repository name is missing");
        }
        int wordStart = from;
        for (int i = from; i <= to; i++) {
            if (i == to || text.charAt(i) == '/') {
                checkWord(wordStart, i);
                wordStart = i + 1;
            }
        }
    }

    private void checkWord(int from, int to) {
        if (from == to) {
            throw bad(from, "a part of the repository name is empty; check the slashes");
        }
        int separatorStart = from;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (Offence.isLowerAlphanumeric(c)) {
                checkSeparator(from, separatorStart, i);
                separatorStart = i + 1;
            } else if (Offence.isUpper(c)) {
                throw bad(i, "upper-case letter '" + c + "' in the repository name; repository names are lower case");
            } else if (c != '.' && c != '_' && c != '-') {
                throw badCharacter(i, NAME);
            } else if (i == from) {
                throw bad(i, "a part of the repository name starts with '" + c + "'");
            }
        }
        if (separatorStart < to) {
            throw bad(to - 1, "a part of the repository name ends with '" + text.charAt(to - 1) + "'");
        }
    }

    private void checkSeparator(int wordStart, int from, int to) {
        if (from == to || from == wordStart) {
            return;
        }
        char first = text.charAt(from);
        for (int i = from + 1; i < to; i++) {
            if (text.charAt(i) != first || first == '.' || first == '_' && i > from + 1) {
                throw bad(
                        i,
                        "'" + Printable.shortened(text.substring(from, to))
                                + "' in the repository name; between letters or digits stands one '.', one or two '_',"
                                + " or dashes");
            }
        }
    }

    /** A word character, then up to 127 word characters, dots and dashes. */
    void checkTag(int from, int to) {
        if (from == to) {
            throw bad(from, "the tag behind ':' is missing");
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (Offence.isAlphanumeric(c) || c == '_') {
                continue;
            }
            if (c != '.' && c != '-') {
                throw badCharacter(i, TAG);
            }
            if (i == from) {
                throw bad(i, "the tag starts with '" + c + "'");
            }
        }
        if (to - from > LONGEST_TAG) {
            throw bad(
                    from + LONGEST_TAG,
                    "the tag is " + (to - from) + " characters long; " + LONGEST_TAG + " is the most");
        }
    }

    /** An algorithm's name, a colon and hex digits. */
    void checkDigest(int from, int to) {
        int colon = text.indexOf(':', from);
        if (colon < 0 || colon >= to) {
            throw bad(to, "the digest has no ':' between its algorithm and its hex part, as in sha256:0123...");
        }
        checkAlgorithm(from, colon);
        checkHex(text.substring(from, colon), colon + 1, to);
    }

    private void checkAlgorithm(int from, int to) {
        if (from == to) {
            throw bad(from, "the digest's algorithm is missing");
        }
        boolean letterDue = true;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean separator = c == '-' || c == '_' || c == '+' || c == '.';
            if (!Offence.isAlphanumeric(c) && !separator || letterDue && (separator || Offence.isDigit(c))) {
                throw badCharacter(i, "the digest's algorithm");
            }
            letterDue = separator;
        }
        if (letterDue) {
            throw badCharacter(to - 1, "the digest's algorithm");
        }
    }

    private void checkHex(String algorithm, int from, int to) {
        int wanted = Digest.hexLength(algorithm);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!Offence.isHex(c)) {
                throw badCharacter(i, "the digest's hex part");
            }
            if (wanted > 0 && Offence.isUpper(c)) {
                throw bad(i, "upper-case letter '" + c + "' in the digest's hex part; it is written in lower case");
            }
        }
        int length = to - from;
        if (wanted > 0 && length != wanted) {
            throw bad(
                    from + Math.min(length, wanted),
                    "the digest's hex part is " + length + " characters long, " + algorithm + " needs " + wanted);
        }
        if (length < Digest.SHORTEST_HEX) {
            throw bad(
                    to,
                    "the digest's hex part is " + length + " characters long, at least " + Digest.SHORTEST_HEX
                            + " are needed");
        }
    }
}

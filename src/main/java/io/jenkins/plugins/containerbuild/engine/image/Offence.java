package io.jenkins.plugins.containerbuild.engine.image;

/** Puts into words what is wrong with a single character. */
final class Offence {

    private Offence() {}

    /**
     * The reason why the character at {@code index} cannot stand there.
     *
     * @param place the part of the reference that it is in: "the repository name"
     */
    static String at(String text, int index, String place) {
        int c = text.codePointAt(index);
        if (c == '\n' || c == '\r') {
            return "contains a line break in " + place;
        }
        if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
            return "contains a blank in " + place;
        }
        String shown = "'" + Printable.escaped(Character.toString(c)) + "'";
        if (c == '$') {
            return "contains " + shown + " in " + place + "; a variable may not have been expanded";
        }
        if (c > 127 || Character.isISOControl(c)) {
            return "contains the character " + shown + " in " + place + "; only plain ASCII characters are allowed";
        }
        return "contains " + shown + " in " + place + ", where it is not allowed";
    }

    static boolean isLowerAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || isDigit(c);
    }

    static boolean isAlphanumeric(char c) {
        return isLowerAlphanumeric(c) || isUpper(c);
    }

    static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHex(char c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }
}

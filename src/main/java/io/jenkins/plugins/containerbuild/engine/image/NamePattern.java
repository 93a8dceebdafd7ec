package io.jenkins.plugins.containerbuild.engine.image;

import java.io.Serializable;

/**
 * A pattern for names and tags: {@code *} stands for any text, also for an empty one and across slashes, {@code ?} for any one
 * character, everything else for itself.
 *
 * @param text the pattern; not empty
 */
public record NamePattern(String text) implements Serializable {

    private static final int LONGEST = 500;

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException when it is empty, much too long, or has white space, which no name has
     */
    public NamePattern {
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("Invalid pattern \"" + Printable.shortened(text)
                    + "\": write a name or a part of one, with * for any text, for example *:latest");
        }
    }

    /** Whether the whole name fits; takes as many steps as both are long, multiplied, whatever they are. */
    public boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < name.length()) {
            if (in < text.length() && text.charAt(in) == '*') {
                star = in++;
                resume = at;
            } else if (in < text.length() && (text.charAt(in) == '?' || text.charAt(in) == name.charAt(at))) {
                in++;
                at++;
            } else if (star >= 0) {
                // The last star takes one character more.
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        return text.substring(in).chars().allMatch(c -> c == '*');
    }

    /** Whether an image's name fits, in its full or in its short form. */
    public boolean matches(ImageReference name) {
        return matches(name.canonical()) || matches(name.familiar());
    }

    @Override
    public String toString() {
        return text;
    }
}

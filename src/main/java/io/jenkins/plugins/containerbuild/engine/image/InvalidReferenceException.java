package io.jenkins.plugins.containerbuild.engine.image;

/**
 * A text is not an image reference, or not a digest. The message shows the text (shortened and with control characters
 * escaped), the reason and the position, so that it can be printed anywhere as it is.
 */
public class InvalidReferenceException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final int position;

    /**
     * @param kind what the text should have been: "image reference"
     * @param text the whole text as given
     * @param reason what is wrong with it, safe to print, without a full stop at its end
     * @param position the first offending character, counted from 1
     */
    InvalidReferenceException(String kind, String text, String reason, int position) {
        super("Invalid " + kind + " \"" + Printable.shortened(text) + "\": " + reason + " (position " + position + ")");
        this.reason = reason;
        this.position = position;
    }

    /** What is wrong with the text, for people, safe to print; no full stop at its end. */
    public String reason() {
        return reason;
    }

    /** The first offending character, counted from 1. It lies one behind the text's end where something is missing. */
    public int position() {
        return position;
    }
}

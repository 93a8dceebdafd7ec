package io.jenkins.plugins.containerbuild.engine.image.tagging;

/** A text that can be read so many times: Java's regular expressions know no other end. */
final class BoundedText implements CharSequence {

    private static final int MOST_READS = 2_000_000;

    private final String text;
    private int reads;

    BoundedText(String text) {
        this.text = text;
    }

    /** Ends the matching. */
    static final class TooManyReadsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyReadsException() {
            super("read more than " + MOST_READS + " characters", null, false, false);
        }
    }

    @Override
    public char charAt(int index) {
        reads++;
        if (reads > MOST_READS) {
            throw new TooManyReadsException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}

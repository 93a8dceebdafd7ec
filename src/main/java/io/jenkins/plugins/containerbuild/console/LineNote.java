package io.jenkins.plugins.containerbuild.console;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.MarkupText;
import hudson.console.ConsoleAnnotationDescriptor;
import hudson.console.ConsoleAnnotator;
import hudson.console.ConsoleNote;

/**
 * Makes a line of an engine's log easier on the eye: steps are bold, failures and warnings have their colour, and the line
 * with which a step ended, as well as its row in the summary, leads to where it began. It holds no text of the log and adds
 * none of it to the page: whatever the line says stays text.
 */
public final class LineNote extends ConsoleNote<Object> {

    private static final long serialVersionUID = 1L;

    /** As much of a step's name as the shortest line on it has. */
    private static final int NAME_LENGTH = 57;

    private static final int ROW_NAME_END = 62;

    private final LineKind kind;
    private final String call;

    /**
     * @param kind what the line tells
     * @param call tells the steps of this call of the engine from those of others in the same log; letters and digits
     */
    LineNote(LineKind kind, String call) {
        this.kind = kind;
        this.call = call;
    }

    @Override
    public ConsoleAnnotator<?> annotate(Object context, @NonNull MarkupText text, int charPos) {
        String line = text.getText();
        int end = line.stripTrailing().length();
        int start = Math.min(charPos, end);
        if (start < end) {
            mark(text, start, end, line.substring(start, end));
        }
        return null;
    }

    private void mark(MarkupText text, int start, int end, String line) {
        switch (kind) {
            case STARTED -> text.addMarkup(start, end, "<b id=\"" + anchor(line, "") + "\">", "</b>");
            case ENDED, FAILED -> {
                String name = nameBeforeTime(line);
                String colour = kind == LineKind.FAILED ? " class=\"jenkins-!-error-color\"" : "";
                text.addMarkup(start, end, "<span id=\"" + anchor(name, "-end") + "\"" + colour + ">", "</span>");
                text.addMarkup(start, start + name.length(), "<a href=\"#" + anchor(name, "") + "\">", "</a>");
            }
            case ONLY -> text.addMarkup(start, end, "<b id=\"" + anchor(nameBeforeTime(line), "-end") + "\">", "</b>");
            case ROW -> {
                String name =
                        line.substring(0, Math.min(ROW_NAME_END, line.length())).strip();
                int at = start + line.indexOf(name);
                text.addMarkup(at, at + name.length(), "<a href=\"#" + anchor(name, "-end") + "\">", "</a>");
            }
            case WARNING -> text.addMarkup(start, end, "<span class=\"jenkins-!-warning-color\">", "</span>");
        }
    }

    /** A step's name stands before the last double blank. */
    private static String nameBeforeTime(String line) {
        int gap = line.lastIndexOf("  ");
        return gap < 0 ? line : line.substring(0, gap);
    }

    /** Of letters and digits, whatever the name is. */
    private String anchor(String name, String suffix) {
        String part = name.substring(0, Math.min(NAME_LENGTH, name.length())).strip();
        return "container-build-" + call + '-' + Integer.toHexString(part.hashCode()) + suffix;
    }

    /** Jenkins wants one for each kind of note. */
    @Extension
    public static final class DescriptorImpl extends ConsoleAnnotationDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Lines of container builds";
        }
    }
}

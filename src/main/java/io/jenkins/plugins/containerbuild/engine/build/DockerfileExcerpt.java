package io.jenkins.plugins.containerbuild.engine.build;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The lines of a Dockerfile around a place, the lines of the place itself with an arrow.
 *
 * @param file the Dockerfile's name; not null
 * @param firstLine the number of the first line shown, counted from 1
 * @param lines the lines shown
 * @param from the first line of the place
 * @param to its last line
 */
public record DockerfileExcerpt(String file, int firstLine, List<String> lines, int from, int to)
        implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int AROUND = 2;
    private static final int MOST_LINES = 20;
    private static final int LONGEST_LINE = 300;

    /** Copies the list. */
    public DockerfileExcerpt {
        lines = List.copyOf(lines);
    }

    /**
     * Cuts it out.
     *
     * @param file the Dockerfile's name
     * @param text the Dockerfile
     * @param from the first line of the place, counted from 1
     * @param to its last line
     * @return null when there are no such lines
     */
    public static DockerfileExcerpt of(String file, String text, int from, int to) {
        List<String> all = text.lines().map(DockerfileExcerpt::shortened).toList();
        if (from < 1 || from > all.size()) {
            return null;
        }
        int last = Math.min(Math.max(from, to), all.size());
        int first = Math.max(1, from - AROUND);
        int end = Math.min(Math.min(all.size(), last + AROUND), first + MOST_LINES - 1);
        return new DockerfileExcerpt(file, first, all.subList(first - 1, end), from, last);
    }

    private static String shortened(String line) {
        return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "..." : line;
    }

    /** Whether the place's first line is a directive of this name, such as {@code # syntax=...}. */
    public boolean isDirective(String name) {
        String line = lines.get(from - firstLine).toLowerCase(Locale.ROOT).replace(" ", "");
        return line.startsWith("#" + name + "=");
    }

    /** The same place with its lines changed. */
    DockerfileExcerpt changed(UnaryOperator<String> change) {
        return new DockerfileExcerpt(file, firstLine, lines.stream().map(change).toList(), from, to);
    }

    /** Several lines: the place, then the Dockerfile's lines with their numbers. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file).append(':').append(from);
        int width = String.valueOf(firstLine + lines.size() - 1).length();
        for (int i = 0; i < lines.size(); i++) {
            int number = firstLine + i;
            boolean marked = number >= from && number <= to;
            text.append('\n')
                    .append(String.format(Locale.ROOT, "  %" + width + "d | %s ", number, marked ? ">>>" : "   "))
                    .append(lines.get(i));
        }
        return text.toString().stripTrailing();
    }
}

package io.jenkins.plugins.containerbuild;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One page of the documentation, read as far as tests need it.
 *
 * @param file where it is
 * @param lines its text
 */
record Documentation(Path file, List<String> lines) {

    private static final String FENCE = "```";
    private static final Pattern SAMPLE = Pattern.compile("<!-- sample: (\\S+) -->");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("#+ (.*)");
    private static final Pattern FIRST_CELL = Pattern.compile("\\| `(\\w+)` \\|.*");

    /**
     * A fenced block.
     *
     * @param sample the file that the comment in front of it names, or null
     * @param language what stands behind the fence; may be empty
     * @param text its lines, each with a line end
     */
    record Block(String sample, String language, String text) {

        String firstLine() {
            return text.lines().findFirst().orElse("");
        }
    }

    static Documentation of(Path file) throws IOException {
        return new Documentation(file, Files.readAllLines(file));
    }

    /** README.md and everything in docs. */
    static List<Documentation> all() throws IOException {
        List<Documentation> pages = new ArrayList<>(List.of(of(Path.of("README.md"))));
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            for (Path page : files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                pages.add(of(page));
            }
        }
        return pages;
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        int begin = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(FENCE)) {
                continue;
            }
            if (begin < 0) {
                begin = i;
            } else {
                blocks.add(block(begin, i));
                begin = -1;
            }
        }
        return blocks;
    }

    private Block block(int begin, int end) {
        Matcher sample = SAMPLE.matcher(begin == 0 ? "" : lines.get(begin - 1));
        return new Block(
                sample.matches() ? sample.group(1) : null,
                lines.get(begin).substring(FENCE.length()).trim(),
                lines.subList(begin + 1, end).stream().map(line -> line + "\n").collect(Collectors.joining()));
    }

    /** The lines outside of fenced blocks. */
    private List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean inBlock = false;
        for (String line : lines) {
            boolean fence = line.startsWith(FENCE);
            inBlock ^= fence;
            if (!inBlock && !fence) {
                prose.add(line);
            }
        }
        return prose;
    }

    /** What links and images in this repository point to. */
    List<String> relativeLinks() {
        return prose().stream()
                .flatMap(line -> LINK.matcher(line).results().map(link -> link.group(1)))
                .filter(link -> !link.contains("://"))
                .toList();
    }

    /** The headings as GitHub spells them in addresses. */
    List<String> anchors() {
        return prose().stream()
                .map(HEADING::matcher)
                .filter(Matcher::matches)
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** The code in the first column of the table below a heading. */
    List<String> firstCells(String title) {
        List<String> cells = new ArrayList<>();
        boolean below = false;
        for (String line : prose()) {
            Matcher heading = HEADING.matcher(line);
            Matcher cell = FIRST_CELL.matcher(line);
            if (heading.matches()) {
                below = heading.group(1).equals(title);
            } else if (below && cell.matches()) {
                cells.add(cell.group(1));
            }
        }
        return cells;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}

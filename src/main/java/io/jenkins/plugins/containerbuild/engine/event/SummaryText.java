package io.jenkins.plugins.containerbuild.engine.event;

import io.jenkins.plugins.containerbuild.engine.event.EngineEvent.BuildSummary;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent.SummaryStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A build's summary as a table for people: where the time went, what was sent. A build that was quick and sent little needs
 * none.
 */
final class SummaryText {

    private static final long WORTH_TELLING_MILLIS = 1000;
    private static final long LARGE_CONTEXT = 10_000_000L;
    private static final long HUGE_CONTEXT = 100_000_000L;
    private static final int MOST_ROWS = 10;
    private static final int WIDEST_NAME = 60;
    private static final String ROW = "  %-" + WIDEST_NAME + "s %10s %10s";

    private SummaryText() {}

    /** Several lines, or null when there is nothing to tell. */
    static String of(BuildSummary summary) {
        boolean slow = summary.steps().stream().anyMatch(SummaryText::isSlow);
        if (!slow && summary.contextBytes() < LARGE_CONTEXT) {
            return null;
        }
        List<String> lines = new ArrayList<>();
        lines.add(title(summary));
        List<SummaryStep> rows = rows(summary.steps());
        rows.forEach(step -> lines.add(row(step.name(), time(step), step.bytes())));
        int more = summary.steps().size() - rows.size();
        if (more > 0) {
            lines.add("  and " + EventText.counted(more, "quicker step"));
        }
        if (summary.contextFiles() > 0) {
            lines.add(row("context, " + EventText.counted(summary.contextFiles(), "file"), "", summary.contextBytes()));
        }
        if (summary.contextBytes() >= LARGE_CONTEXT && !summary.largest().isEmpty()) {
            lines.add(directories(summary));
        }
        return String.join("\n", lines);
    }

    private static boolean isSlow(SummaryStep step) {
        return !step.cached() && step.duration().toMillis() >= WORTH_TELLING_MILLIS;
    }

    private static String title(BuildSummary summary) {
        long cached = summary.steps().stream().filter(SummaryStep::cached).count();
        return "Summary: " + EventText.seconds(summary.duration()) + ", "
                + EventText.counted(summary.steps().size(), "step") + ", " + cached + " cached";
    }

    /** Those that took longest, in the order in which they ended. */
    private static List<SummaryStep> rows(List<SummaryStep> steps) {
        if (steps.size() <= MOST_ROWS) {
            return steps;
        }
        List<SummaryStep> longest = steps.stream()
                .sorted(Comparator.comparing(SummaryStep::failed)
                        .thenComparing(SummaryStep::duration)
                        .reversed())
                .limit(MOST_ROWS)
                .toList();
        return steps.stream().filter(longest::contains).limit(MOST_ROWS).toList();
    }

    private static String time(SummaryStep step) {
        if (step.failed()) {
            return "FAILED";
        }
        return step.cached() ? "CACHED" : EventText.seconds(step.duration());
    }

    private static String row(String name, String time, long bytes) {
        String text = EventText.brief(name);
        String cut = text.length() > WIDEST_NAME ? text.substring(0, WIDEST_NAME - 3) + "..." : text;
        return String.format(Locale.ROOT, ROW, cut, time, bytes == 0 ? "" : EventText.bytes(bytes))
                .stripTrailing();
    }

    private static String directories(BuildSummary summary) {
        return "  largest directories of the context: "
                + summary.largest().stream()
                        .map(directory -> EventText.brief(directory.name()) + ' ' + EventText.bytes(directory.bytes()))
                        .collect(Collectors.joining(", "))
                + (summary.contextBytes() < HUGE_CONTEXT
                        ? ""
                        : ". What the image does not need belongs into .dockerignore");
    }
}

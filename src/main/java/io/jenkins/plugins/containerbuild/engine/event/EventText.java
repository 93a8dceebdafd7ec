package io.jenkins.plugins.containerbuild.engine.event;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Words for events, the same for every log that shows them. Lines that a build printed are passed on as they are, except
 * for control characters other than tab and escape (colours), which would let them forge or wipe other lines.
 */
public final class EventText {

    private static final int LONGEST_NAME = 120;

    private EventText() {}

    /** One line, for a summary several lines, without a line end at the end; null for events that need no words. */
    public static String of(EngineEvent event) {
        if (event instanceof EngineEvent.Connected connected) {
            return "Using the " + connected.product() + " " + connected.version() + " at " + connected.uri() + " (API "
                    + connected.apiVersion() + ")";
        }
        if (event instanceof EngineEvent.Note note) {
            return printable(note.text());
        }
        if (event instanceof EngineEvent.Warning warning) {
            return "WARNING: " + printable(warning.text());
        }
        if (event instanceof EngineEvent.ContextSent sent) {
            return (sent.complete() ? "Sent the build context: " : "Sending the build context: ")
                    + counted(sent.files(), "file") + ", " + bytes(sent.bytes());
        }
        return ofBuild(event);
    }

    private static String ofBuild(EngineEvent event) {
        if (event instanceof EngineEvent.StepStarted started) {
            return step(started.index(), started.total()) + printable(started.name());
        }
        if (event instanceof EngineEvent.StepOutput output) {
            return output.prefix().isEmpty()
                    ? printable(output.line())
                    : printable(output.prefix()) + ' ' + printable(output.line());
        }
        if (event instanceof EngineEvent.StepProgress progress) {
            return brief(progress.name()) + ": " + bytes(progress.bytes())
                    + (progress.totalBytes() == 0 ? "" : " of " + bytes(progress.totalBytes()));
        }
        if (event instanceof EngineEvent.StepFinished finished) {
            return step(finished.index(), finished.total())
                    + brief(finished.name())
                    + "  "
                    + (finished.cached() ? "CACHED" : seconds(finished.duration()))
                    + (finished.bytes() == 0 ? "" : ", " + bytes(finished.bytes()));
        }
        if (event instanceof EngineEvent.StepFailed failed) {
            return step(failed.index(), failed.total()) + brief(failed.name()) + "  FAILED after "
                    + seconds(failed.duration());
        }
        if (event instanceof EngineEvent.DockerfileWarning warning) {
            return "WARNING: " + printable(finding(warning));
        }
        if (event instanceof EngineEvent.DockerfileAnswered answered) {
            return answered.lines().stream().map(EventText::printable).collect(Collectors.joining("\n"));
        }
        if (event instanceof EngineEvent.RawProgress raw) {
            return JsonText.of(raw.document());
        }
        if (event instanceof EngineEvent.BuildSummary summary) {
            return SummaryText.of(summary);
        }
        return ofTransfer(event);
    }

    private static String finding(EngineEvent.DockerfileWarning warning) {
        String place = warning.file() == null
                ? ""
                : " (" + warning.file() + (warning.line() > 0 ? ":" + warning.line() : "") + ")";
        return (warning.rule() == null ? "" : warning.rule() + ": ")
                + warning.text()
                + place
                + (warning.url() == null ? "" : " " + warning.url());
    }

    private static String ofTransfer(EngineEvent event) {
        if (event instanceof EngineEvent.FileTransfer transfer) {
            return verb(transfer) + " " + printable(transfer.subject()) + ": " + counted(transfer.files(), "file")
                    + ", " + bytes(transfer.bytes());
        }
        if (event instanceof EngineEvent.Transfer transfer) {
            return transfer.action() + " " + transfer.reference() + ": " + transfer.layersDone() + " of "
                    + counted(transfer.layers(), "layer") + " done"
                    + (transfer.totalBytes() == 0
                            ? ""
                            : ", " + bytes(transfer.bytes()) + " of " + bytes(transfer.totalBytes()) + " under way");
        }
        if (event instanceof EngineEvent.Retry retry) {
            return "WARNING: attempt " + retry.attempt() + " of " + retry.attempts() + " to " + retry.action()
                    + " failed: " + printable(retry.reason()) + "; next attempt in " + seconds(retry.delay());
        }
        if (event instanceof EngineEvent.Tagged tagged) {
            return "Tagged " + tagged.imageId() + " as " + tagged.reference();
        }
        if (event instanceof EngineEvent.Pushed pushed) {
            return "Pushed " + pushed.reference() + "@" + pushed.digest();
        }
        if (event instanceof EngineEvent.Pulled pulled) {
            return "Pulled " + pulled.reference() + " (" + pulled.imageId() + ")";
        }
        throw new IllegalArgumentException("no words for " + event.getClass());
    }

    private static String verb(EngineEvent.FileTransfer transfer) {
        return switch (transfer.action()) {
            case COPY -> transfer.complete() ? "Copied" : "Copying";
            case ARCHIVE -> transfer.complete() ? "Archived" : "Archiving";
            case RESTORE -> transfer.complete() ? "Restored" : "Restoring";
        };
    }

    private static String step(int index, int total) {
        if (index == 0) {
            return "";
        }
        return "[" + index + (total > 0 ? "/" + total : "") + "] ";
    }

    /** A step's name, cut where its first line in the log has it in full. */
    static String brief(String name) {
        String text = printable(name);
        return text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME - 3) + "..." : text;
    }

    static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Seconds with one decimal. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** Bytes in decimal units, as the docker CLI shows them. */
    public static String bytes(long count) {
        if (count < 1000) {
            return count + " B";
        }
        double value = count;
        int unit = -1;
        while (value >= 999.95 && unit < 4) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %cB", value, "kMGTP".charAt(unit));
    }

    /** The text without control characters that would forge or wipe lines of a log. */
    public static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(Character.isISOControl(c) && c != '\t' && c != '\u001b' ? ' ' : c);
        }
        return clean.toString();
    }
}

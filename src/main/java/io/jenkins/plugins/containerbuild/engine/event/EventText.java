package io.jenkins.plugins.containerbuild.engine.event;

import java.time.Duration;
import java.util.Locale;

/**
 * Words for events, the same for every log that shows them. Lines that a build printed are passed on as they are, except
 * for control characters other than tab and escape (colours), which would let them forge or wipe other lines.
 */
public final class EventText {

    private EventText() {}

    /** One line, without a line end; an empty text for events that need none. */
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
        if (event instanceof EngineEvent.StepStarted started) {
            return step(started.index(), started.total()) + printable(started.name());
        }
        if (event instanceof EngineEvent.StepOutput output) {
            return printable(output.line());
        }
        if (event instanceof EngineEvent.StepFinished finished) {
            return (finished.index() > 0 ? step(finished.index(), finished.total()) : printable(finished.name()) + ": ")
                    + (finished.cached() ? "CACHED" : "done, " + seconds(finished.duration()));
        }
        if (event instanceof EngineEvent.ContextSent sent) {
            return (sent.complete() ? "Sent the build context: " : "Sending the build context: ")
                    + counted(sent.files(), "file") + ", " + bytes(sent.bytes());
        }
        return ofTransfer(event);
    }

    private static String ofTransfer(EngineEvent event) {
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

    private static String step(int index, int total) {
        if (index == 0) {
            return "";
        }
        return "[" + index + (total > 0 ? "/" + total : "") + "] ";
    }

    private static String counted(long count, String noun) {
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

    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(Character.isISOControl(c) && c != '\t' && c != '\u001b' ? ' ' : c);
        }
        return clean.toString();
    }
}

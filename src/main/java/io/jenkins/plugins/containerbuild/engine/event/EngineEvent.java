package io.jenkins.plugins.containerbuild.engine.event;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Something that happened while the engine worked. The engine prints nothing: whoever called it turns events into log
 * lines, JSON or pages. Events come in the order in which things happened, from one thread at a time.
 */
public sealed interface EngineEvent {

    /**
     * The daemon that does the work was found.
     *
     * @param uri the endpoint's address
     * @param product "Docker Engine", "Podman Engine", as the daemon calls itself
     * @param version the product's version
     * @param apiVersion the API version that both sides agreed on
     */
    record Connected(String uri, String product, String version, String apiVersion) implements EngineEvent {}

    /** Worth a line in the log: a name that was expanded, a decision that was taken. */
    record Note(String text) implements EngineEvent {}

    /** Something is not as it should be, but the work goes on. */
    record Warning(String text) implements EngineEvent {}

    /**
     * A build step began.
     *
     * @param index counted from 1; 0 when the name says it, as BuildKit's do ({@code [2/3] RUN make})
     * @param total how many steps there are; 0 when the daemon does not tell
     * @param name the instruction, as the daemon names it
     */
    record StepStarted(int index, int total, String name) implements EngineEvent {}

    /**
     * One line that a build step printed, without its line end.
     *
     * @param step the step's name; empty when the daemon does not tell
     * @param prefix what tells the step's lines from those of others that run at the same time, {@code [2/3]}; empty while
     *     no other one runs
     * @param line the line
     */
    record StepOutput(String step, String prefix, String line) implements EngineEvent {

        /** A line of the only step that runs. */
        public StepOutput(String line) {
            this("", "", line);
        }
    }

    /**
     * How much a step has moved so far: layers of its base image, an export. Sent every few seconds.
     *
     * @param name the step
     * @param bytes bytes so far
     * @param totalBytes how many there will be; 0 when not known
     */
    record StepProgress(String name, long bytes, long totalBytes) implements EngineEvent {}

    /**
     * A build step ended well.
     *
     * @param index counted from 1; 0 when the name says it
     * @param total how many steps there are; 0 when the daemon does not tell
     * @param name the instruction, as the daemon names it
     * @param cached whether the daemon took it from its cache
     * @param duration how long it took
     * @param bytes how many bytes it moved; 0 when the daemon tells of none
     */
    record StepFinished(int index, int total, String name, boolean cached, Duration duration, long bytes)
            implements EngineEvent {

        /** A step that moved nothing. */
        public StepFinished(int index, int total, String name, boolean cached, Duration duration) {
            this(index, total, name, cached, duration, 0);
        }
    }

    /**
     * A build step failed, and the build with it.
     *
     * @param index counted from 1; 0 when the name says it
     * @param total how many steps there are; 0 when the daemon does not tell
     * @param name the instruction, as the daemon names it
     * @param duration how long it took
     */
    record StepFailed(int index, int total, String name, Duration duration) implements EngineEvent {}

    /**
     * A directory and what was sent of it.
     *
     * @param name the directory
     * @param bytes bytes of all files in it, at any depth
     */
    record DirectoryBytes(String name, long bytes) {}

    /**
     * The context is on its way or has arrived.
     *
     * @param files files sent so far
     * @param bytes their contents so far
     * @param complete whether that is all that the daemon wants
     * @param largest the top directories of which most was sent, the largest first; at most five
     */
    record ContextSent(long files, long bytes, boolean complete, List<DirectoryBytes> largest) implements EngineEvent {

        /** Copies the list. */
        public ContextSent {
            largest = List.copyOf(largest);
        }

        /** Without directories. */
        public ContextSent(long files, long bytes, boolean complete) {
            this(files, bytes, complete, List.of());
        }
    }

    /**
     * The daemon found something in the Dockerfile that is not as it should be, and goes on.
     *
     * @param rule the name of the rule, such as {@code FromAsCasing}; null when it has none
     * @param text what it found
     * @param file the Dockerfile's name, or null when it is not known
     * @param line the line in it, counted from 1; 0 when it is not known
     * @param url where the rule is explained, or null
     */
    record DockerfileWarning(String rule, String text, String file, int line, String url) implements EngineEvent {}

    /**
     * A Dockerfile was asked and answered.
     *
     * @param call what was asked: check, outline, targets
     * @param lines the answer
     */
    record DockerfileAnswered(String call, List<String> lines) implements EngineEvent {

        /** Copies the list. */
        public DockerfileAnswered {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A text inside of a {@link RawProgress} that its JSON has in base64.
     *
     * @param text as it is
     */
    record Encoded(String text) {}

    /**
     * What BuildKit tells of its work, in the docker CLI's form.
     *
     * @param document a JSON object: texts, {@link Encoded} ones, numbers, truth values, lists and maps of them
     */
    record RawProgress(Map<String, Object> document) implements EngineEvent {}

    /**
     * One line of a build's summary.
     *
     * @param name the step, as the daemon names it
     * @param cached whether the daemon took it from its cache
     * @param failed whether it is what the build failed with
     * @param duration how long it took
     * @param bytes how many bytes it moved; 0 when the daemon tells of none
     */
    record SummaryStep(String name, boolean cached, boolean failed, Duration duration, long bytes) {}

    /**
     * A build has ended, well or not: where its time went and what was sent.
     *
     * @param steps its steps in the order in which they ended, the daemon's own work included where it took long
     * @param duration the whole build
     * @param contextFiles files of contexts that were sent
     * @param contextBytes their contents
     * @param largest the contexts' top directories of which most was sent, the largest first; at most five
     */
    record BuildSummary(
            List<SummaryStep> steps,
            Duration duration,
            long contextFiles,
            long contextBytes,
            List<DirectoryBytes> largest)
            implements EngineEvent {

        /** Copies the lists. */
        public BuildSummary {
            steps = List.copyOf(steps);
            largest = List.copyOf(largest);
        }
    }

    /**
     * How far a push or pull is; sent every few seconds, never per packet.
     *
     * @param action "push" or "pull"
     * @param reference what is transferred
     * @param layersDone layers that have arrived or were there already
     * @param layers layers known so far
     * @param bytes bytes transferred of the layers under way
     * @param totalBytes their size; 0 when not known yet
     */
    record Transfer(String action, String reference, int layersDone, int layers, long bytes, long totalBytes)
            implements EngineEvent {}

    /**
     * A transfer failed in a way that may pass, and is tried again.
     *
     * @param action what is tried again: "push registry.example/app:1"
     * @param attempt the attempt that failed, counted from 1
     * @param attempts how many there will be at most
     * @param delay the wait before the next one
     * @param reason why it failed
     */
    record Retry(String action, int attempt, int attempts, Duration delay, String reason) implements EngineEvent {}

    /**
     * Files go into a volume or come out of it; sent every few seconds and at the end.
     *
     * @param action what is done with them
     * @param subject from where to where: {@code out to m2:/}
     * @param files files so far; directories do not count
     * @param bytes their contents so far
     * @param complete whether that was all
     */
    record FileTransfer(Action action, String subject, long files, long bytes, boolean complete)
            implements EngineEvent {

        /** What is done with files. */
        public enum Action {
            /** Copied between a directory and a volume. */
            COPY,
            /** Written from a volume into an archive. */
            ARCHIVE,
            /** Written from an archive into a volume. */
            RESTORE
        }
    }

    /** An image got a name. */
    record Tagged(String imageId, String reference) implements EngineEvent {}

    /** An image is in a registry. */
    record Pushed(String reference, String digest) implements EngineEvent {}

    /** An image was pulled. */
    record Pulled(String reference, String imageId) implements EngineEvent {}
}

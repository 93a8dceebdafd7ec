package io.jenkins.plugins.containerbuild.engine.event;

import java.time.Duration;

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

    /** One line that a build step printed, without its line end. */
    record StepOutput(String line) implements EngineEvent {}

    /** A build step ended well; {@code cached} when the daemon took it from its cache. */
    record StepFinished(int index, int total, String name, boolean cached, Duration duration) implements EngineEvent {}

    /** The context is on its way or has arrived: files and bytes so far. */
    record ContextSent(long files, long bytes, boolean complete) implements EngineEvent {}

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

    /** An image got a name. */
    record Tagged(String imageId, String reference) implements EngineEvent {}

    /** An image is in a registry. */
    record Pushed(String reference, String digest) implements EngineEvent {}

    /** An image was pulled. */
    record Pulled(String reference, String imageId) implements EngineEvent {}
}

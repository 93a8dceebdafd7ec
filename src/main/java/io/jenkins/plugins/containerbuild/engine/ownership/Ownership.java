package io.jenkins.plugins.containerbuild.engine.ownership;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whose something in a daemon is and how long it may stay, as its labels say it. All that is made here carries them:
 * volumes, containers, networks and images. Nothing without them is ever cleaned up.
 *
 * @param maker who made it; not null
 * @param scope how long it lives; not null
 * @param created when it was made, to the second; null where the label cannot be read
 * @param maxAge how long after its last use it may be removed; null for as long as the scope says
 */
public record Ownership(Maker maker, Scope scope, Instant created, Duration maxAge) implements Serializable {

    /** What the names of all labels begin with. */
    public static final String PREFIX = "io.jenkins.plugins.containerbuild.";

    /** The controller's id; what has this label was made here. */
    public static final String CONTROLLER = PREFIX + "controller";

    /** The job's full name. */
    public static final String JOB = PREFIX + "job";

    /** The build. */
    public static final String BUILD = PREFIX + "build";

    /** The node's name. */
    public static final String NODE = PREFIX + "node";

    /** The step. */
    public static final String STEP = PREFIX + "step";

    /** {@link Scope#word()}. */
    public static final String SCOPE = PREFIX + "scope";

    /** When it was made, in ISO 8601. */
    public static final String CREATED = PREFIX + "created";

    /** Seconds. */
    public static final String MAX_AGE = PREFIX + "maxAge";

    /** What the images of helpers are named; a host that cannot be: nobody takes it for an image to be pulled. */
    public static final String HELPER_REPOSITORY = "container-build.invalid/helper";

    private static final long serialVersionUID = 1L;

    /** Checks the parts, and cuts the time of its fractions of a second, which labels do not keep. */
    public Ownership {
        Objects.requireNonNull(maker, "maker");
        Objects.requireNonNull(scope, "scope");
        created = created == null ? null : Instant.ofEpochSecond(created.getEpochSecond());
        if (maxAge != null && maxAge.isNegative()) {
            throw new IllegalArgumentException("nothing can be younger than new");
        }
    }

    /** What is used for one call and then removed: a helper. */
    public static Ownership ofHelper(Maker maker, Instant created) {
        return new Ownership(maker, Scope.BUILD, created, null);
    }

    /** The labels; what is null has none. */
    public Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        put(labels, CONTROLLER, maker.controller());
        put(labels, JOB, maker.job());
        put(labels, BUILD, maker.build());
        put(labels, NODE, maker.node());
        put(labels, STEP, maker.step());
        put(labels, SCOPE, scope.word());
        put(labels, CREATED, created == null ? null : created.toString());
        put(labels, MAX_AGE, maxAge == null ? null : Long.toString(maxAge.toSeconds()));
        return labels;
    }

    private static void put(Map<String, String> labels, String name, String value) {
        if (value != null) {
            labels.put(name, value);
        }
    }

    /**
     * What labels say. Everybody who may use the daemon can write any label, so that parts which cannot be read count as
     * those that keep a thing longest.
     *
     * @return empty for something that was not made here
     */
    public static Optional<Ownership> of(Map<String, String> labels) {
        String controller = labels.getOrDefault(CONTROLLER, "");
        if (controller.isBlank()) {
            return Optional.empty();
        }
        Maker maker = new Maker(controller, labels.get(JOB), labels.get(BUILD), labels.get(NODE), labels.get(STEP));
        Scope scope = Scope.of(labels.getOrDefault(SCOPE, "")).orElse(Scope.PERMANENT);
        return Optional.of(new Ownership(maker, scope, instant(labels.get(CREATED)), seconds(labels.get(MAX_AGE))));
    }

    private static Instant instant(String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration seconds(String text) {
        return text != null && text.matches("\\d{1,15}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
    }

    /**
     * Refuses labels of users that have no name or that would say whose a thing is.
     *
     * @throws InvalidRequestException for the first such label
     */
    public static void checkLabels(Map<String, String> labels) throws InvalidRequestException {
        for (String label : labels.keySet()) {
            if (label.isBlank() || label.startsWith(PREFIX)) {
                throw new InvalidRequestException(
                        "could not use the label '" + label + "'",
                        label.isBlank() ? "it has no name" : "labels of this name say whose a thing is",
                        "Choose another name");
            }
        }
    }

    /** Whether a controller made it. */
    public boolean isOf(String controller) {
        return maker.controller().equals(controller);
    }
}

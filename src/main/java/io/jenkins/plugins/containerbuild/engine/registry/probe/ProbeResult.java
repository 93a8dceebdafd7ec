package io.jenkins.plugins.containerbuild.engine.registry.probe;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a registry test found out. All texts may contain words of the registry, made printable and shortened; whoever
 * shows them in HTML escapes them.
 *
 * @param verdict the finding
 * @param what what was or could not be done, with the registry's address
 * @param why the reason, without a full stop at its end
 * @param advice what to do next, without a full stop at its end; empty when there is nothing to do
 * @param daemonJson what Docker's {@code /etc/docker/daemon.json} needs for this registry, or null when it needs nothing
 */
public record ProbeResult(Verdict verdict, String what, String why, String advice, String daemonJson)
        implements Serializable {

    /** Refuses null, except for {@code daemonJson}. */
    public ProbeResult {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(advice, "advice");
    }

    /** Whether the registry can be used as the entry says. */
    public boolean ok() {
        return verdict == Verdict.OK;
    }

    /** What, why and what to do next in one line; the snippet for Docker's configuration is not part of it. */
    public String message() {
        return advice.isEmpty() ? what + ": " + why : what + ": " + why + ". " + advice;
    }
}

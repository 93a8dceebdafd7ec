package io.jenkins.plugins.containerbuild.engine.socket;

import java.util.Locale;

/** How a repair ended. */
public enum RepairOutcome {
    /** It could be used before; nothing was changed. */
    ALREADY_USABLE,
    /** A real connection works now. */
    REPAIRED,
    /** A new process of the user may use the socket; the agent has to start anew for it. */
    RECONNECT_NEEDED,
    /** It is not a matter of permissions; nothing was changed. */
    NOT_REPAIRABLE,
    /** The policy allows nothing; nothing was changed. */
    NOT_ALLOWED,
    /** What the policy allows was tried and did not help; all of it was taken back. */
    FAILED;

    /** Whether another try may end better, such as once a daemon that just starts is there. */
    public boolean mayChangeByItself() {
        return this == NOT_REPAIRABLE || this == FAILED;
    }

    /** As in JSON: {@code reconnect-needed}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package io.jenkins.plugins.containerbuild.engine.endpoint;

import java.util.List;

/**
 * What came of contacting an address once.
 *
 * @param kind how it ended
 * @param connected whether a connection was made, whatever came of it
 * @param why the reason in people's words; null when the daemon answered
 * @param advice what to do next; null when the daemon answered
 * @param info what is known of the daemon; null unless it answered
 * @param rootDir where it keeps its data; null when it did not tell in time
 * @param securityOptions as it lists them; empty when it did not tell in time
 */
public record Contact(
        Kind kind,
        boolean connected,
        String why,
        String advice,
        EngineInfo info,
        String rootDir,
        List<String> securityOptions) {

    /** Copies the list. */
    public Contact {
        securityOptions = List.copyOf(securityOptions);
    }

    /** The ways in which a contact ends. */
    public enum Kind {
        /** A daemon answered. */
        ANSWERED,
        /** The system refused this user the connection. */
        DENIED,
        /** The system refused the connection since nobody listens. */
        NOT_LISTENING,
        /** Nobody answered in time. */
        SILENT,
        /** What answered is no Engine. */
        NO_ENGINE,
        /** The two sides do not agree on TLS. */
        TLS_TROUBLE,
        /** Nothing can be reached there. */
        UNREACHABLE
    }

    static Contact failed(Kind kind, boolean connected, EndpointTrouble trouble) {
        return new Contact(kind, connected, trouble.why(), trouble.advice(), null, null, List.of());
    }
}

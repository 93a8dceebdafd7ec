package io.jenkins.plugins.containerbuild.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import jenkins.util.JenkinsJVM;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Has an agent's SLF4J log by java.util.logging, as Jenkins does, without a search: to find out what there is to log by, it
 * would ask for a file of that name in every library, and Remoting would bring all libraries that have one, among them the
 * server of Jenkins.
 */
final class AgentLogging {

    /**
     * SLF4J's own settings, from 2.0.9 on; older ones search, as they do without us.
     *
     * @see <a href="https://www.slf4j.org/manual.html">SLF4J manual</a>
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "slf4j.provider", "org.slf4j.jul.JULServiceProvider",
            "slf4j.internal.verbosity", "WARN");

    private AgentLogging() {}

    /** Does nothing in Jenkins itself, nor where somebody has set something else; to be called before anything logs. */
    static void bind() {
        if (!JenkinsJVM.isJenkinsJVM()) {
            Objects.requireNonNull(Once.LOGGERS);
        }
    }

    private static ILoggerFactory bound() {
        Map<String, String> ours = new HashMap<>(SETTINGS);
        ours.keySet().removeIf(name -> System.getProperty(name) != null);
        ours.forEach(System::setProperty);
        try {
            return LoggerFactory.getILoggerFactory();
        } finally {
            ours.keySet().forEach(System::clearProperty);
        }
    }

    /** SLF4J chooses once. */
    private static final class Once {
        static final ILoggerFactory LOGGERS = bound();
    }
}

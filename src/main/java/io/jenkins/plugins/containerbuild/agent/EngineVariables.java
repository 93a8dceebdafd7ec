package io.jenkins.plugins.containerbuild.agent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The variables of an environment that go along with a call to an agent; nothing else of a build's environment does. */
public final class EngineVariables {

    /** What the engine looks for a daemon by, and by which builder it builds. */
    private static final List<String> NAMES = List.of(
            "DOCKER_HOST",
            "DOCKER_TLS_VERIFY",
            "DOCKER_CERT_PATH",
            "DOCKER_CONTEXT",
            "DOCKER_CONFIG",
            "DOCKER_BUILDKIT",
            "XDG_RUNTIME_DIR",
            "HOME");

    private EngineVariables() {}

    /** Those by which a daemon is found. */
    public static Map<String, String> of(Map<String, String> environment) {
        return of(environment, Set.of());
    }

    /** Those by which a daemon is found, and some more. */
    public static Map<String, String> of(Map<String, String> environment, Set<String> more) {
        Map<String, String> variables = new HashMap<>();
        NAMES.forEach(name -> keep(name, environment, variables));
        more.forEach(name -> keep(name, environment, variables));
        return variables;
    }

    private static void keep(String name, Map<String, String> environment, Map<String, String> variables) {
        String value = environment.get(name);
        if (value != null) {
            variables.put(name, value);
        }
    }
}

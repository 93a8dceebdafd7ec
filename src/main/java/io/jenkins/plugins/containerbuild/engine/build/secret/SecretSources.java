package io.jenkins.plugins.containerbuild.engine.build.secret;

import io.jenkins.plugins.containerbuild.engine.SecretMask;
import io.jenkins.plugins.containerbuild.engine.build.BuildSecrets;
import java.util.Map;
import java.util.Objects;

/**
 * Where the values of secrets and the keys of SSH agents come from, besides files. Its text form shows nothing of them.
 *
 * @param environment the variables that there are
 * @param caller knows the rest
 * @param mask told of every value before it is handed out
 */
public record SecretSources(Map<String, String> environment, BuildSecrets caller, SecretMask mask) {

    /** Copies the variables, refuses null. */
    public SecretSources {
        environment = Map.copyOf(environment);
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(mask, "mask");
    }

    @Override
    public String toString() {
        return "sources of secrets";
    }
}

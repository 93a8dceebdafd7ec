package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.github.dockerjava.core.RemoteApiVersion;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;

/**
 * Agrees on an API version: the newest that both docker-java and the daemon know. Nothing is written down here: what
 * docker-java knows is read from its own list.
 */
final class ApiVersions {

    private static final Comparator<RemoteApiVersion> BY_AGE =
            (left, right) -> left.equals(right) ? 0 : left.isGreater(right) ? 1 : -1;

    private ApiVersions() {}

    /**
     * @param serverNewest the newest version that the daemon speaks
     * @param serverOldest the oldest one; null when it does not tell
     * @return the version to use; when the daemon has dropped everything that docker-java knows, its oldest, since the
     *     calls used here have not changed since long before that
     */
    static RemoteApiVersion agree(String serverNewest, String serverOldest) {
        RemoteApiVersion newest = RemoteApiVersion.parseConfig(serverNewest);
        RemoteApiVersion agreed = BY_AGE.compare(newest, newestKnown()) < 0 ? newest : newestKnown();
        if (serverOldest == null || serverOldest.isBlank()) {
            return agreed;
        }
        RemoteApiVersion oldest = RemoteApiVersion.parseConfig(serverOldest);
        return BY_AGE.compare(agreed, oldest) < 0 ? oldest : agreed;
    }

    private static RemoteApiVersion newestKnown() {
        return Arrays.stream(RemoteApiVersion.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == RemoteApiVersion.class)
                .map(ApiVersions::value)
                .filter(Objects::nonNull)
                .filter(version -> version != RemoteApiVersion.UNKNOWN_VERSION)
                .max(BY_AGE)
                .orElseThrow(() -> new IllegalStateException("docker-java lists no API version"));
    }

    private static RemoteApiVersion value(Field field) {
        try {
            return (RemoteApiVersion) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("docker-java's list of API versions cannot be read", e);
        }
    }
}

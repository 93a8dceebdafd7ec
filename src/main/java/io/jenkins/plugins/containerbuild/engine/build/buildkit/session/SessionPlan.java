package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import io.grpc.ServerServiceDefinition;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The sessions that one solve goes through.
 *
 * @param id of the one for everything that the daemon may ask for
 * @param sharedKey by which the daemon recognizes the same context in later builds
 * @param files the one that files go through unless the daemon refuses it; null where they go through the same one
 * @param end told how the session that files went through has ended
 */
public record SessionPlan(String id, String sharedKey, Files files, End end) {

    /** Refuses null but for the session with the files. */
    public SessionPlan {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(sharedKey, "sharedKey");
        Objects.requireNonNull(end, "end");
    }

    /**
     * A session that files alone go through.
     *
     * @param id of the session
     * @param services what it serves
     * @param directories the names of what the daemon finds in it
     */
    public record Files(String id, List<ServerServiceDefinition> services, Set<String> directories) {

        /** Copies the lists. */
        public Files {
            services = List.copyOf(services);
            directories = Set.copyOf(directories);
        }
    }

    /** Told of the end. */
    public interface End {

        /**
         * It has ended.
         *
         * @param id under which the daemon knew it
         * @param forgotten whether it is certain that the daemon knows it no more, so that another one may have its id
         */
        void ended(String id, boolean forgotten);
    }

    /** One session for everything, which no other solve will use. */
    public static SessionPlan once(String sharedKey) {
        return new SessionPlan(newId(), sharedKey, null, (id, forgotten) -> {});
    }

    /** An id that nobody has. */
    public static String newId() {
        return UUID.randomUUID().toString();
    }
}

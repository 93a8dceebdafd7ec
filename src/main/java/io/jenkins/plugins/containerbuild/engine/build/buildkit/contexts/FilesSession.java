package io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts;

import io.grpc.ServerServiceDefinition;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync.SyncRecord;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.session.SessionPlan;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitEndpoint;
import java.util.List;
import java.util.TreeMap;

/**
 * Chooses the session that a build's files go through. A daemon knows files by the session they came from and by the
 * patterns that it asked with (moby/buildkit, source/local): through the session of the last build it finds the results of
 * that build again without asking for files at all. So files go through that one as long as nothing of what the daemon read
 * in it has changed; that is found out here in a fraction of the time.
 */
public final class FilesSession {

    private final SessionMemory memory;
    private final Contexts contexts;
    private final String key;
    private final boolean remembers;
    private final boolean again;
    private RememberedSession session;
    private boolean used;
    private boolean filesAlone;
    private boolean unused;
    private boolean forgotten;

    private FilesSession(
            SessionMemory memory,
            Contexts contexts,
            String key,
            boolean remembers,
            boolean again,
            RememberedSession session) {
        this.memory = memory;
        this.contexts = contexts;
        this.key = key;
        this.remembers = remembers;
        this.again = again;
        this.session = session;
    }

    /**
     * Looks whether anything has changed.
     *
     * @param memory of this machine
     * @param contexts what is built
     * @param daemon what is built on
     * @param fresh whether the daemon is to be sent the files whatever it has
     * @throws InterruptedException when the thread was interrupted
     */
    public static FilesSession open(SessionMemory memory, Contexts contexts, BuildKitEndpoint daemon, boolean fresh)
            throws InterruptedException {
        String key = key(contexts, daemon.name());
        // Where the daemon still knows the last one, that one stays for later, and nothing has to be looked at.
        boolean remembers =
                contexts.directories().values().stream().noneMatch(directory -> memory.isBelow(directory.place()))
                        && !memory.isYoungerThan(daemon.sessionLingers(), key);
        RememberedSession last = remembers ? memory.take(key).orElse(null) : null;
        boolean again = last != null && !fresh && last.isUnchanged(contexts.directories());
        return new FilesSession(memory, contexts, key, remembers, again, again ? last : fresh(SessionPlan.newId()));
    }

    private static RememberedSession fresh(String id) {
        return new RememberedSession(id, true, List.of());
    }

    /** Everything that says which files are meant, so that no other files are taken for them. */
    private static String key(Contexts contexts, String daemon) {
        StringBuilder text = new StringBuilder(daemon).append('\0').append(contexts.sharedKey());
        new TreeMap<>(contexts.directories())
                .forEach((name, directory) ->
                        text.append('\0').append(name).append('\0').append(directory.place()));
        return SharedKey.digest(text.toString());
    }

    /**
     * The sessions of the next solve.
     *
     * @param apart whether the daemon can be told that files are in another session than everything else: then nothing that
     *     belongs to one build alone, such as a login, is ever asked for in one that was there before
     * @param files what serves the files
     */
    public SessionPlan next(boolean apart, List<ServerServiceDefinition> files) {
        if (used) {
            // The daemon may not have seen the end of the first one's yet.
            return SessionPlan.once(contexts.sharedKey());
        }
        used = true;
        if (!again) {
            return new SessionPlan(session.id(), contexts.sharedKey(), null, this::ended);
        }
        if (apart) {
            filesAlone = true;
            return new SessionPlan(
                    SessionPlan.newId(),
                    contexts.sharedKey(),
                    new SessionPlan.Files(
                            session.id(), files, contexts.directories().keySet()),
                    this::ended);
        }
        if (!session.shareable()) {
            unused = true;
            return SessionPlan.once(contexts.sharedKey());
        }
        return new SessionPlan(session.id(), contexts.sharedKey(), null, this::ended);
    }

    private void ended(String id, boolean daemonForgot) {
        if (again && !id.equals(session.id())) {
            unused = true; // the daemon still had it from the last build
            return;
        }
        session = new RememberedSession(id, session.shareable(), session.sent());
        forgotten = daemonForgot;
    }

    /**
     * Remembers the session for the next build, as far as it is known what went through it. To be called when all has
     * ended.
     *
     * @param sent what the daemon was told in this build
     * @param apart whether the next build, too, can have files alone in it
     * @param pure whether any other build may be given what the daemon was given in this one besides files
     */
    public void remember(SyncRecord sent, boolean apart, boolean pure) {
        boolean shareable = session.shareable() && (filesAlone || pure);
        if (unused) {
            memory.put(key, session);
        } else if (remembers && forgotten && (apart || shareable)) {
            sent.after(session.sent())
                    .filter(all -> !all.isEmpty())
                    .ifPresent(all -> memory.put(key, new RememberedSession(session.id(), shareable, all)));
        }
    }
}

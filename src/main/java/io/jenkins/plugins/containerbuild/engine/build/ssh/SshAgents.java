package io.jenkins.plugins.containerbuild.engine.build.ssh;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.SecretBytes;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.SshForward;
import io.jenkins.plugins.containerbuild.engine.build.SshKey;
import io.jenkins.plugins.containerbuild.engine.build.context.NamedFile;
import io.jenkins.plugins.containerbuild.engine.build.secret.SecretSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The SSH agents that one build may use. Keys are read when they are first needed and forgotten with {@link #close()}. For
 * use by several threads.
 */
public final class SshAgents implements AutoCloseable {

    private static final String AGENT_VARIABLE = "SSH_AUTH_SOCK";

    private final Map<String, SshForward> forwards = new LinkedHashMap<>();
    private final Map<String, KeyAgent> loaded = new HashMap<>();
    private final Path root;
    private final SecretSources sources;

    private SshAgents(BuildRequest request, SecretSources sources) {
        root = request.root() == null ? null : Path.of(request.root());
        this.sources = sources;
    }

    /**
     * Looks whether sockets and key files are there.
     *
     * @throws InvalidRequestException when one is not, an id stands twice, or a socket is mixed with other paths
     */
    public static SshAgents of(BuildRequest request, SecretSources sources) throws InvalidRequestException {
        SshAgents agents = new SshAgents(request, sources);
        for (SshForward forward : request.ssh()) {
            if (agents.forwards.put(forward.id(), forward) != null) {
                throw new InvalidRequestException(
                        what(forward.id()), "the id stands twice", "Give each SSH agent an id of its own");
            }
            if (forward.source() != SshForward.Source.CALLER && agents.socket(forward) == null) {
                for (String path : forward.paths()) {
                    NamedFile.find(what(forward.id()), path, agents.root);
                }
            }
        }
        return agents;
    }

    /** The socket of an agent that runs here, or null when the paths are those of keys. */
    private Path socket(SshForward forward) throws InvalidRequestException {
        String what = what(forward.id());
        if (forward.source() == SshForward.Source.ENVIRONMENT) {
            String path = sources.environment().getOrDefault(AGENT_VARIABLE, "");
            if (path.isBlank()) {
                throw new InvalidRequestException(
                        what,
                        AGENT_VARIABLE + " is not set, so no SSH agent is running for this build",
                        "Start one (in a Pipeline with the step sshagent), or give a key instead");
            }
            if (!isSocket(path)) {
                throw new InvalidRequestException(
                        what,
                        AGENT_VARIABLE + " names " + path + ", where no socket is",
                        "Start the SSH agent again on the machine that runs the build");
            }
            return Path.of(path);
        }
        if (forward.paths().stream().noneMatch(SshAgents::isSocket)) {
            return null;
        }
        if (forward.paths().size() > 1) {
            throw new InvalidRequestException(
                    what,
                    "it has an agent's socket and something else",
                    "Give either one socket or private keys; other agents get other ids");
        }
        return Path.of(forward.paths().get(0));
    }

    private static boolean isSocket(String path) {
        try {
            return Files.readAttributes(Path.of(path), BasicFileAttributes.class)
                    .isOther();
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the build was given an agent of this id. */
    public boolean has(String id) {
        return forwards.containsKey(id);
    }

    /**
     * Begins a conversation; the caller closes it.
     *
     * @param id one that {@link #has} is true for
     * @throws EngineException when the agent cannot be reached or a key cannot be had or read
     */
    public AgentConversation connect(String id) throws EngineException {
        SshForward forward = forwards.get(id);
        Path socket = forward.source() == SshForward.Source.CALLER ? null : socket(forward);
        if (socket == null) {
            return new AgentConversation(keys(forward));
        }
        try {
            return new AgentConversation(SocketAgent.connect(socket));
        } catch (IOException e) {
            throw new EngineException(
                    what(id),
                    "the SSH agent at " + socket + " does not answer: " + e.getMessage(),
                    "Check that it still runs, and that the user '" + System.getProperty("user.name") + "' may use it",
                    e);
        }
    }

    private synchronized KeyAgent keys(SshForward forward) throws EngineException {
        KeyAgent agent = loaded.get(forward.id());
        if (agent == null) {
            List<KeyAgent.Identity> identities = new ArrayList<>();
            for (SshKey key : forward.source() == SshForward.Source.CALLER ? askedFor(forward.id()) : files(forward)) {
                try (key) {
                    // Not the key itself: nothing but signatures of it leaves, and its lines hold some of the public
                    // half's.
                    if (key.passphrase() != null) {
                        sources.mask().add(key.passphrase());
                    }
                    identities.addAll(PrivateKeys.read(what(forward.id()), key));
                }
            }
            agent = new KeyAgent(identities);
            loaded.put(forward.id(), agent);
        }
        return agent;
    }

    private List<SshKey> askedFor(String id) throws EngineException {
        List<SshKey> keys = sources.caller().sshKeys(id);
        if (keys.isEmpty()) {
            throw new EngineException(
                    what(id), "whoever started the build knows no keys for it", "Give a key or an agent's socket");
        }
        return keys;
    }

    private List<SshKey> files(SshForward forward) throws EngineException {
        List<SshKey> keys = new ArrayList<>();
        for (String path : forward.paths()) {
            Path file = NamedFile.find(what(forward.id()), path, root);
            try {
                keys.add(new SshKey(path, SecretBytes.of(Files.readAllBytes(file)), null));
            } catch (IOException e) {
                throw new EngineException(
                        what(forward.id()), "the key " + file + " cannot be read: " + e.getMessage(), "", e);
            }
        }
        return keys;
    }

    private static String what(String id) {
        return "could not forward the SSH agent '" + id + "'";
    }

    /** Forgets the keys. */
    @Override
    public synchronized void close() {
        loaded.clear();
    }
}

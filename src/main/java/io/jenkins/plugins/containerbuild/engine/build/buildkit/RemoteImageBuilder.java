package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuilderInfo;
import io.jenkins.plugins.containerbuild.engine.build.BuiltImage;
import io.jenkins.plugins.containerbuild.engine.build.ImageBuilder;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.AbilityProbe;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.abilities.BuilderAbilities;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts.Contexts;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts.SessionMemory;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.remote.LoadEngine;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitChannel;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuilderCheck;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.RemoteBuildKit;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.Workers;
import io.jenkins.plugins.containerbuild.engine.build.secret.SecretSources;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderAddress;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderDialer;
import io.jenkins.plugins.containerbuild.engine.endpoint.BuilderLostException;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointException;
import io.jenkins.plugins.containerbuild.engine.event.EngineEvent;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds on BuildKit daemons of their own that do the same: on the first one that is well, and on the next one when it is
 * lost before it began to export the result. What was built until then is lost with it.
 */
public final class RemoteImageBuilder implements ImageBuilder {

    private final List<BuilderAddress> addresses;
    private final List<BuilderDialer> dialers = new ArrayList<>();
    private final RegistryAccess registries;
    private final SecretSources secrets;
    private final SessionMemory memory;
    private final LoadEngine engine;

    /**
     * Contacts nobody yet.
     *
     * @param addresses at least one, in the order in which they are tried
     * @param registries logins for base images and pushes
     * @param secrets where the values of secrets come from
     * @param memory what this machine remembers of its last builds
     * @param engine takes images that are to be loaded
     * @throws EngineException when an address cannot be read, or its certificates
     */
    public RemoteImageBuilder(
            List<BuilderAddress> addresses,
            RegistryAccess registries,
            SecretSources secrets,
            SessionMemory memory,
            LoadEngine engine)
            throws EngineException {
        this.addresses = List.copyOf(addresses);
        this.registries = registries;
        this.secrets = secrets;
        this.memory = memory;
        this.engine = engine;
        for (BuilderAddress address : this.addresses) {
            dialers.add(BuilderDialer.to(address));
        }
    }

    /**
     * Asks a daemon who it is.
     *
     * @throws EngineException when it cannot be built on, with the reason
     * @throws InterruptedException when the thread was interrupted
     */
    public static BuilderInfo check(BuilderAddress address) throws EngineException, InterruptedException {
        RemoteBuildKit builder = new RemoteBuildKit(BuilderDialer.to(address));
        BuilderCheck check = new BuilderCheck(builder);
        try (Workers workers = threads(builder);
                BuildKitChannel channel = check.connect(workers)) {
            return check.ask(channel);
        }
    }

    private static Workers threads(RemoteBuildKit builder) {
        return new Workers("container builder " + builder.uri() + " buildkit");
    }

    @Override
    public BuiltImage build(BuildRequest request, EngineListener listener)
            throws EngineException, InterruptedException {
        Contexts contexts = Contexts.open(request);
        List<BuilderLostException> lost = new ArrayList<>();
        for (int i = 0; i < dialers.size(); i++) {
            try {
                return buildOn(i, request, contexts, listener);
            } catch (BuilderLostException e) {
                lost.add(e);
                if (i + 1 < dialers.size()) {
                    listener.on(new EngineEvent.Warning(
                            e.what() + ": " + e.why() + "; the build begins anew on the builder at "
                                    + dialers.get(i + 1).uri()));
                }
            }
        }
        throw noneLeft(lost);
    }

    private BuiltImage buildOn(int index, BuildRequest request, Contexts contexts, EngineListener listener)
            throws EngineException, InterruptedException {
        RemoteBuildKit builder = new RemoteBuildKit(dialers.get(index));
        BuilderCheck check = new BuilderCheck(builder);
        try (SerialListener events = new SerialListener(listener);
                Workers workers = threads(builder);
                BuildKitChannel channel = check.connect(workers)) {
            BuilderInfo info = check.ask(channel);
            events.on(new EngineEvent.Note("Using the builder at " + info.uri() + " (BuildKit " + info.version() + ", "
                    + String.join(", ", info.platforms()) + ")"));
            if (addresses.get(index).unprotected()) {
                events.on(new EngineEvent.Warning(
                        "The builder at " + info.uri() + " is spoken to without TLS: whoever is in"
                                + " the network between can read what is sent, and build there"));
            }
            BuilderAbilities abilities = new AbilityProbe(builder).ask(channel);
            MirroredSources mirrors = MirroredSources.of(registries.registries());
            try {
                HostedBuild build = hosted(builder, request, mirrors, events);
                return build.run(contexts, build.session(contexts, workers), channel, abilities, workers, events);
            } catch (EngineException e) {
                if (e instanceof BuilderLostException || !mirrors.areBlamedBy(e)) {
                    throw e;
                }
                events.on(new EngineEvent.Note(
                        "Building with base images from their registries themselves, and not from a mirror: "
                                + e.why()));
                HostedBuild build = hosted(builder, request, MirroredSources.NONE, events);
                return build.run(contexts, build.session(contexts, workers), channel, abilities, workers, events);
            }
        } catch (IOException e) {
            throw builder.lost(e);
        }
    }

    private HostedBuild hosted(
            RemoteBuildKit builder, BuildRequest request, MirroredSources sources, SerialListener events) {
        return new HostedBuild(new RemoteHost(builder, engine, sources, events), registries, secrets, memory, request);
    }

    private EngineException noneLeft(List<BuilderLostException> lost) {
        BuilderLostException last = lost.get(lost.size() - 1);
        if (lost.size() == 1) {
            return last;
        }
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < lost.size(); i++) {
            reasons.add(dialers.get(i).uri() + ": " + lost.get(i).why());
        }
        return new EndpointException(
                "could not build on any of the " + lost.size() + " builders",
                String.join("; ", reasons),
                last.advice(),
                last);
    }
}

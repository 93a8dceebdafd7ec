package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.ContainerEngine;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.RegistryClient;
import io.jenkins.plugins.containerbuild.engine.Rehearsal;
import io.jenkins.plugins.containerbuild.engine.RemoteBuilders;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.build.BuildResult;
import io.jenkins.plugins.containerbuild.engine.image.TagRequest;
import io.jenkins.plugins.containerbuild.engine.image.TagResult;
import io.jenkins.plugins.containerbuild.engine.image.tagging.TagsRequest;
import io.jenkins.plugins.containerbuild.engine.image.tagging.TagsResult;
import io.jenkins.plugins.containerbuild.engine.registry.PullRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PullResult;
import io.jenkins.plugins.containerbuild.engine.registry.PushRequest;
import io.jenkins.plugins.containerbuild.engine.registry.PushResult;
import io.jenkins.plugins.containerbuild.engine.registry.direct.CopyRequest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.CopyResult;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DeleteRequest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.DeleteResult;
import io.jenkins.plugins.containerbuild.engine.registry.direct.InspectRequest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.MergeRequest;
import io.jenkins.plugins.containerbuild.engine.registry.direct.MergeResult;
import io.jenkins.plugins.containerbuild.engine.registry.direct.RemoteImage;
import io.jenkins.plugins.containerbuild.engine.registry.direct.RemoteTags;
import io.jenkins.plugins.containerbuild.engine.registry.direct.TagListRequest;
import io.jenkins.plugins.containerbuild.engine.socket.RepairPolicy;
import io.jenkins.plugins.containerbuild.engine.socket.SocketDoctor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One request and the engine's method for it. Made on the controller, run on the agent.
 *
 * @param <R> what the engine answers
 */
public interface EngineTask<R extends Serializable> extends Serializable {

    /**
     * Runs the request.
     *
     * @param access opens what the request needs
     * @throws EngineException as the engine says it
     * @throws InterruptedException when the thread was interrupted
     */
    R run(EngineAccess access) throws EngineException, InterruptedException;

    /**
     * Builds an image.
     *
     * @param request what to build
     */
    record Build(BuildRequest request) implements EngineTask<BuildResult> {
        @Override
        public BuildResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.build(request);
            }
        }
    }

    /** Has what a build begins with loaded where builds are to run. */
    record Rehearse() implements EngineTask<Boolean> {
        @Override
        public Boolean run(EngineAccess access) throws EngineException, InterruptedException {
            Rehearsal.of(access.endpoint());
            return true;
        }
    }

    /**
     * Builds an image on BuildKit daemons of their own.
     *
     * @param request what to build
     * @param builders where they listen, in the order in which they are tried
     */
    record BuildOnBuilders(BuildRequest request, WireBuilders builders) implements EngineTask<BuildResult> {
        @Override
        public BuildResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (RemoteBuilders remote = access.builders(builders.unwrap())) {
                return remote.build(request);
            }
        }
    }

    /**
     * Names an image.
     *
     * @param request which names for which image
     */
    record Tag(TagRequest request) implements EngineTask<TagResult> {
        @Override
        public TagResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.tag(request);
            }
        }
    }

    /**
     * Pushes an image.
     *
     * @param request which image, under which names
     */
    record Push(PushRequest request) implements EngineTask<PushResult> {
        @Override
        public PushResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.push(request);
            }
        }
    }

    /**
     * Pulls an image.
     *
     * @param request which image
     */
    record Pull(PullRequest request) implements EngineTask<PullResult> {
        @Override
        public PullResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (ContainerEngine engine = access.engine()) {
                return engine.pull(request);
            }
        }
    }

    /**
     * Joins images of several platforms.
     *
     * @param request which images, under which names
     */
    record Merge(MergeRequest request) implements EngineTask<MergeResult> {
        @Override
        public MergeResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (RegistryClient client = access.registryClient()) {
                return client.merge(request);
            }
        }
    }

    /**
     * Brings an image to other names.
     *
     * @param request which image, to which names
     */
    record Copy(CopyRequest request) implements EngineTask<CopyResult> {
        @Override
        public CopyResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (RegistryClient client = access.registryClient()) {
                return client.copy(request);
            }
        }
    }

    /**
     * Looks at what a registry has under a name.
     *
     * @param request which name
     */
    record Inspect(InspectRequest request) implements EngineTask<RemoteImage> {
        @Override
        public RemoteImage run(EngineAccess access) throws EngineException, InterruptedException {
            try (RegistryClient client = access.registryClient()) {
                return client.inspect(request);
            }
        }
    }

    /**
     * Lists the tags of a repository.
     *
     * @param request which repository
     */
    record Tags(TagListRequest request) implements EngineTask<RemoteTags> {
        @Override
        public RemoteTags run(EngineAccess access) throws EngineException, InterruptedException {
            try (RegistryClient client = access.registryClient()) {
                return client.tags(request);
            }
        }
    }

    /**
     * Deletes an image in its registry.
     *
     * @param request which image, and what must stay
     */
    record Delete(DeleteRequest request) implements EngineTask<DeleteResult> {
        @Override
        public DeleteResult run(EngineAccess access) throws EngineException, InterruptedException {
            try (RegistryClient client = access.registryClient()) {
                return client.delete(request);
            }
        }
    }

    /**
     * Computes tags by rules.
     *
     * @param request which rules, for which images
     */
    record ComputeTags(TagsRequest request) implements EngineTask<TagsResult> {
        @Override
        public TagsResult run(EngineAccess access) throws EngineException {
            return request.compute();
        }
    }

    /** Looks at the daemon's socket from where the agent is, without needing the daemon to answer. */
    record LookAtSocket() implements EngineTask<SocketAnswer> {
        @Override
        public SocketAnswer run(EngineAccess access) throws InterruptedException {
            return SocketAnswer.of(SocketDoctor.diagnose(access.endpoint()));
        }
    }

    /**
     * Lets the agent's user use the daemon's socket.
     *
     * @param policy what may be done for it
     * @param helpers daemons that may run a command in the agent's own container
     */
    record RepairSocket(RepairPolicy policy, ArrayList<WireEndpoint> helpers) implements EngineTask<SocketAnswer> {

        /** Copies the list. */
        public RepairSocket(RepairPolicy policy, List<WireEndpoint> helpers) {
            this(policy, new ArrayList<>(helpers));
        }

        @Override
        public SocketAnswer run(EngineAccess access) throws InterruptedException {
            return SocketAnswer.of(access.socketRepair(helpers).repair(policy));
        }
    }

    /**
     * Takes the last repair back.
     *
     * @param policy says by which rights
     * @param helpers as in {@link RepairSocket}
     */
    record UndoSocketRepair(RepairPolicy policy, ArrayList<WireEndpoint> helpers) implements EngineTask<SocketAnswer> {

        /** Copies the list. */
        public UndoSocketRepair(RepairPolicy policy, List<WireEndpoint> helpers) {
            this(policy, new ArrayList<>(helpers));
        }

        @Override
        public SocketAnswer run(EngineAccess access) throws InterruptedException {
            return SocketAnswer.of(access.socketRepair(helpers).undo(policy.sudo()));
        }
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.build.SshForward;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.AgentBytes;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.CheckAgentRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.CheckAgentResponse;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SSHGrpc;
import io.jenkins.plugins.containerbuild.engine.build.ssh.AgentConversation;
import io.jenkins.plugins.containerbuild.engine.build.ssh.SshAgents;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Lets the processes of a build talk to SSH agents. The keys stay here; what goes out are signatures. */
public final class SshService extends SSHGrpc.SSHImplBase implements SessionPart {

    private static final System.Logger LOGGER = System.getLogger(SshService.class.getName());
    private static final Metadata.Key<String> ID_HEADER =
            Metadata.Key.of("buildkit.ssh.id", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<String> ID = Context.keyWithDefault("SSH agent", SshForward.DEFAULT_ID);

    private final SshAgents agents;
    private final AtomicReference<EngineException> failure = new AtomicReference<>();

    /** @param agents knows the keys; closed with this */
    public SshService(SshAgents agents) {
        this.agents = agents;
    }

    @Override
    public void checkAgent(CheckAgentRequest request, StreamObserver<CheckAgentResponse> answer) {
        String id = request.getID().isEmpty() ? SshForward.DEFAULT_ID : request.getID();
        // Tried now, since what fails later only looks like a failed login to the process in the build.
        AgentConversation tried = connect(id, answer);
        if (tried != null) {
            close(tried);
            answer.onNext(CheckAgentResponse.getDefaultInstance());
            answer.onCompleted();
        }
    }

    /** Null when it cannot be; the daemon knows then. */
    private AgentConversation connect(String id, StreamObserver<?> answer) {
        if (!agents.has(id)) {
            answer.onError(Status.NOT_FOUND
                    .withDescription("no SSH agent '" + id + "' was given")
                    .asRuntimeException());
            return null;
        }
        try {
            return agents.connect(id);
        } catch (EngineException e) {
            failure.compareAndSet(null, e);
            answer.onError(Status.INTERNAL
                    .withDescription("the SSH agent '" + id + "' cannot be used")
                    .asRuntimeException());
            return null;
        }
    }

    private static void close(AgentConversation conversation) {
        try {
            conversation.close();
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "a connection to an SSH agent did not close", e);
        }
    }

    @Override
    public StreamObserver<AgentBytes> forwardAgent(StreamObserver<AgentBytes> answers) {
        AgentConversation conversation = connect(ID.get(), answers);
        return conversation == null ? new Nobody() : new Process(conversation, answers);
    }

    /** One process of the build, connected to one agent. */
    private static final class Process implements StreamObserver<AgentBytes> {

        private final AgentConversation conversation;
        private final StreamObserver<AgentBytes> answers;
        private boolean over;

        Process(AgentConversation conversation, StreamObserver<AgentBytes> answers) {
            this.conversation = conversation;
            this.answers = answers;
        }

        @Override
        public void onNext(AgentBytes piece) {
            if (over) {
                return;
            }
            try {
                conversation.add(
                        piece.getData().toByteArray(),
                        answer -> answers.onNext(AgentBytes.newBuilder()
                                .setData(ByteString.copyFrom(answer))
                                .build()));
            } catch (IOException e) {
                end();
                answers.onError(
                        Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
            }
        }

        @Override
        public void onError(Throwable cause) {
            end();
        }

        @Override
        public void onCompleted() {
            if (!over) {
                end();
                answers.onCompleted();
            }
        }

        private void end() {
            over = true;
            close(conversation);
        }
    }

    /** Takes what comes for a call that was refused. */
    private static final class Nobody implements StreamObserver<AgentBytes> {

        @Override
        public void onNext(AgentBytes piece) {
            // It was told already that nobody listens.
        }

        @Override
        public void onError(Throwable cause) {
            // The call has ended on this side.
        }

        @Override
        public void onCompleted() {
            // The call has ended on this side.
        }
    }

    @Override
    public List<ServerServiceDefinition> services() {
        return List.of(ServerInterceptors.intercept(bindService(), new IdReader()));
    }

    /** Reads which agent a call is about: a header says it. */
    private static final class IdReader implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String id = headers.get(ID_HEADER);
            Context context = id == null || id.isEmpty()
                    ? Context.current()
                    : Context.current().withValue(ID, id);
            return Contexts.interceptCall(context, call, headers, next);
        }
    }

    /** Why an agent that the build was told to use cannot be used, or null. */
    @Override
    public EngineException failure() {
        return failure.get();
    }

    @Override
    public void close() {
        agents.close();
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.session;

import io.grpc.Channel;
import io.grpc.ServerServiceDefinition;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.SolvePart;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitEndpoint;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.BuildKitRefusedException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.transport.Workers;
import java.io.IOException;
import java.util.List;

/** The open sessions of one solve. */
public final class Sessions implements SolvePart, AutoCloseable {

    private final SessionPlan plan;
    private final Session main;
    private final Session files;

    private Sessions(SessionPlan plan, Session main, Session files) {
        this.plan = plan;
        this.main = main;
        this.files = files;
    }

    /**
     * Opens them; they are usable once this returns.
     *
     * @param endpoint the daemon
     * @param channel to it
     * @param workers every thread of the sessions is one of these
     * @param plan which ones
     * @param services what the daemon may call
     * @throws IOException when a server cannot start
     */
    public static Sessions open(
            BuildKitEndpoint endpoint,
            Channel channel,
            Workers workers,
            SessionPlan plan,
            List<ServerServiceDefinition> services)
            throws IOException {
        SessionOpening opening = new SessionOpening(endpoint, channel, workers, plan.sharedKey());
        Session files = plan.files() == null ? null : files(opening, plan.files());
        try {
            return new Sessions(plan, opening.openAnyway(plan.id(), services), files);
        } catch (IOException | RuntimeException e) {
            if (files != null) {
                files.close();
            }
            throw e;
        }
    }

    private static Session files(SessionOpening opening, SessionPlan.Files files) throws IOException {
        try {
            return opening.open(files.id(), files.services());
        } catch (BuildKitRefusedException e) {
            return null; // it still knows that one; all can be had through the other one, too
        }
    }

    @Override
    public void addTo(SolveRequest.Builder solve) {
        solve.setSession(main.id());
        if (files != null) {
            plan.files().directories().forEach(name -> solve.putFrontendAttrs("local-sessionid:" + name, files.id()));
        }
    }

    @Override
    public void close() {
        main.close();
        if (files != null) {
            files.close();
        }
        Session withFiles = files == null ? main : files;
        plan.end().ended(withFiles.id(), withFiles.isForgotten());
    }
}

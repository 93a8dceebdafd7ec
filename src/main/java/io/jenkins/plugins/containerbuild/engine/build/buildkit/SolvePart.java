package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.proto.SolveRequest;

/** Puts one side of a build into what the daemon is asked to solve. */
public interface SolvePart {

    /**
     * Adds to the request what it knows of.
     *
     * @throws InvalidRequestException when an option cannot be built with
     */
    void addTo(SolveRequest.Builder solve) throws InvalidRequestException;
}

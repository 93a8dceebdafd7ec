package io.jenkins.plugins.containerbuild.agent;

import io.jenkins.plugins.containerbuild.engine.Containers;
import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.container.ContainerDetails;
import io.jenkins.plugins.containerbuild.engine.container.ExecRequest;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * The programs with which Jenkins' Durable Task plugin starts a shell step. It never asks how their start went: where one is
 * missing, the step would wait for minutes for a script that never began.
 */
final class ShellNeeds {

    private static final String LOOK =
            "for program in nohup cp mv touch sleep; do" + " command -v $program >/dev/null || exit 1; done";

    private ShellNeeds() {}

    /** Refuses, and removes, a container that lacks one. */
    static void check(Containers containers, ContainerDetails started) throws EngineException, InterruptedException {
        boolean all = false;
        try {
            ExecRequest look =
                    new ExecRequest(started.id(), List.of("sh", "-c", LOOK), Map.of(), null, null, null, true, true);
            all = containers
                            .exec(look, OutputStream.nullOutputStream(), OutputStream.nullOutputStream())
                            .exitCode()
                    == 0;
        } finally {
            if (!all) {
                containers.remove(started.id());
            }
        }
        if (!all) {
            throw new EngineException(
                    "could not run steps inside the image " + started.image(),
                    "it lacks what shell steps need: sh, nohup, cp, mv, touch, sleep",
                    "Take an image that has a shell and core utilities, as those of Linux distributions do, or run single"
                            + " commands with containerRun");
        }
    }
}

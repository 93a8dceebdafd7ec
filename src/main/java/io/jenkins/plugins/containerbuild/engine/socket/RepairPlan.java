package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.Serializable;
import java.util.List;

/**
 * The commands of one means, to be run as root one after the other.
 *
 * @param means what they amount to
 * @param steps the commands with what undoes each; never empty
 */
public record RepairPlan(RepairMeans means, List<Step> steps) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public RepairPlan {
        steps = List.copyOf(steps);
    }

    /**
     * One command. Never a shell's text: the program with its absolute path, and its arguments one by one.
     *
     * @param command what to run
     * @param undo what takes it back when a later step fails
     */
    public record Step(List<String> command, List<String> undo) implements Serializable {

        private static final long serialVersionUID = 1L;

        /** Copies the lists. */
        public Step {
            command = List.copyOf(command);
            undo = List.copyOf(undo);
        }
    }
}

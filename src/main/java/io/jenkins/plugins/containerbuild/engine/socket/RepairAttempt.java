package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.Serializable;
import java.util.List;

/**
 * One try of a repair, or the taking back of an earlier one that was cut off.
 *
 * @param means what was tried
 * @param as whose rights it used: "root", "sudo", "root in the container, by unix:///..."; empty when it did not come so far
 * @param commands what was run, each as program and arguments, those that took back a failed try included
 * @param succeeded whether it did what it should
 * @param told why it did not, or what there is to know besides; may be empty
 */
public record RepairAttempt(RepairMeans means, String as, List<List<String>> commands, boolean succeeded, String told)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the lists. */
    public RepairAttempt {
        commands = commands.stream().map(List::copyOf).toList();
    }
}

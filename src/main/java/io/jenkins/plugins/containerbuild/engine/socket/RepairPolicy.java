package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.Serializable;
import java.util.List;

/**
 * What a repair may do.
 *
 * @param means what may be used, in the order in which it is tried; none means that nothing is repaired
 * @param createGroups whether {@link RepairMeans#GROUP} may make a group where none has the socket's number
 * @param groupZero whether a user may be put into group 0 ("root") where that is the socket's group
 * @param sudo whether {@code sudo -n} may be used
 */
public record RepairPolicy(List<RepairMeans> means, boolean createGroups, boolean groupZero, boolean sudo)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Nothing is allowed. */
    public static final RepairPolicy OFF = new RepairPolicy(List.of(), false, false, false);

    /** Copies the list, each means once. */
    public RepairPolicy {
        means = means.stream().distinct().toList();
    }

    /** These means, least privilege first; groups may be made and sudo be used, group 0 is left alone. */
    public static RepairPolicy leastPrivilegeFirst(List<RepairMeans> means) {
        return new RepairPolicy(means.stream().sorted().toList(), true, false, true);
    }

    /** Whether anything may be done at all. */
    public boolean allowsAnything() {
        return !means.isEmpty();
    }
}

package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.Serializable;
import java.util.List;

/**
 * The process that looked: the agent's JVM, or the command line.
 *
 * @param user the name of its user; the number as text when nobody has it here
 * @param uid its effective user id; null where the system has none (Windows)
 * @param gid its effective group id; null as above
 * @param groups the supplementary groups of the running process (from {@code /proc/self/status}); they were fixed when it
 *     started
 * @param grantedGroups the groups that a new process of this user would get, by {@code /etc/passwd} and
 *     {@code /etc/group} as they are now; where permission was denied, also by what else the system asks (LDAP, SSSD)
 */
public record ProcessFacts(String user, Long uid, Long gid, List<Long> groups, List<Long> grantedGroups)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the lists. */
    public ProcessFacts {
        groups = List.copyOf(groups);
        grantedGroups = List.copyOf(grantedGroups);
    }

    /** This process. */
    public static ProcessFacts ofThisProcess() {
        return new ProcessReader(new SystemFiles()).read();
    }

    /** Whether the running process has the group. */
    public boolean has(Long group) {
        return group != null && (group.equals(gid) || groups.contains(group));
    }

    /** Whether a new process of the user would have the group. */
    public boolean wouldHave(Long group) {
        return group != null && grantedGroups.contains(group);
    }
}

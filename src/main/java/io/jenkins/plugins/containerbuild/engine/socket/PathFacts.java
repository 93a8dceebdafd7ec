package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.Serializable;
import java.util.List;

/**
 * What the file system tells of a unix socket's path.
 *
 * @param path the path of the endpoint
 * @param target where it leads when links are followed; null when it has no links in it, or leads nowhere
 * @param kind what stands there; everything below is null unless something does
 * @param uid the owner's number, as seen from here
 * @param user the owner's name; the number as text when nobody has it here
 * @param gid the group's number, as seen from here
 * @param group the group's name; null when no group has this number here
 * @param mode the permissions in octal: {@code 660}
 * @param acl the further entries of an access control list, as {@code getfacl -n} prints them; empty when there are
 *     none, null when it is not known because there is no getfacl
 * @param device the number of the file system
 * @param inode the number of the file in it
 * @param changedMillis when its permissions or owner were last changed, in milliseconds since 1970
 * @param readOnlyMount whether it lies on a read-only mount, on which no permissions can be changed; connecting works
 *     there all the same
 */
public record PathFacts(
        String path,
        String target,
        PathKind kind,
        Long uid,
        String user,
        Long gid,
        String group,
        String mode,
        List<String> acl,
        Long device,
        Long inode,
        Long changedMillis,
        Boolean readOnlyMount)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public PathFacts {
        acl = acl == null ? null : List.copyOf(acl);
    }

    /** The path without links. */
    public String realPath() {
        return target == null ? path : target;
    }

    /** Whether the mode lets the group read and write, which connecting takes. */
    public boolean groupMayUse() {
        return mode != null && (Integer.parseInt(mode, 8) & 0060) == 0060;
    }

    /** Whether the mode lets everybody connect. */
    public boolean everybodyMayUse() {
        return mode != null && (Integer.parseInt(mode, 8) & 0006) == 0006;
    }
}

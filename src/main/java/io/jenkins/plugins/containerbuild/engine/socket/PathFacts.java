package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

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
 * @param acl all entries of its access control list, as {@code getfacl -n} prints them; empty when it has none but those
 *     that the mode tells, null when that is not known because there is no getfacl
 * @param device the number of the file system
 * @param inode the number of the file in it
 * @param changedMillis when its permissions or owner were last changed, in milliseconds since 1970
 * @param readOnlyMount whether it lies on a read-only mount, on which no permissions can be changed; connecting works
 *     there all the same
 * @param deleted whether it is a socket that has been deleted on the host since it was mounted into this container
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
        Boolean readOnlyMount,
        Boolean deleted)
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

    /** Whether the group may read and write, which connecting takes; a list's own entry for the group goes first. */
    public boolean groupMayUse() {
        if (mode == null || (bits() & 0060) != 0060) {
            return false;
        }
        // With a list, these bits of the mode are its mask.
        return acl == null || acl.isEmpty() || acl.stream().anyMatch(entry -> entry.startsWith("group::rw"));
    }

    /** Whether the mode lets everybody connect. */
    public boolean everybodyMayUse() {
        return mode != null && (bits() & 0006) == 0006;
    }

    private int bits() {
        return Integer.parseInt(mode, 8);
    }

    /** Whether nothing is changed from another look at the same file: owner, group, mode and list. */
    boolean sameAccess(PathFacts other) {
        return sameOwners(other)
                && Objects.equals(mode, other.mode)
                && (acl == null || other.acl == null || acl.equals(other.acl));
    }

    /** Whether owner and group are those of another look. */
    boolean sameOwners(PathFacts other) {
        return Objects.equals(uid, other.uid) && Objects.equals(gid, other.gid);
    }

    /** Whether it is the same file as at another look. */
    boolean sameFile(PathFacts other) {
        return inode != null && inode.equals(other.inode) && Objects.equals(device, other.device);
    }

    /** As in messages: {@code root:docker, mode 660}. */
    String access() {
        return user + ":" + (group == null ? gid : group) + ", mode " + mode;
    }
}

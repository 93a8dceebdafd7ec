package io.jenkins.plugins.containerbuild.engine.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * Whether only root can put another file in the place of a socket. Commands that run as root name the socket by its path:
 * where somebody else could exchange it meanwhile, they could be led to any file of the machine.
 */
final class TrustedPath {

    private static final int WRITABLE_BY_OTHERS = 0002;
    private static final int WRITABLE_BY_GROUP = 0020;
    private static final int STICKY = 01000;

    private TrustedPath() {}

    /** The reason against a path without links in it; null when there is none. */
    static String reasonAgainst(String realPath) {
        for (Path folder = Path.of(realPath).getParent(); folder != null; folder = folder.getParent()) {
            try {
                Map<String, Object> attributes =
                        Files.readAttributes(folder, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
                int mode = (Integer) attributes.get("mode");
                boolean open = (mode & WRITABLE_BY_OTHERS) != 0
                        || (mode & WRITABLE_BY_GROUP) != 0
                                && !attributes.get("gid").equals(0);
                // In a sticky directory only the owner of an entry, and that is root all the way, can exchange it.
                if (!attributes.get("uid").equals(0) || open && (mode & STICKY) == 0) {
                    return "the directory " + folder + " can be changed by others than root, so that root must not be"
                            + " asked to change what lies in it";
                }
            } catch (IOException e) {
                return "the directory " + folder + " cannot be looked at (" + e.getMessage() + ")";
            }
        }
        return null;
    }
}

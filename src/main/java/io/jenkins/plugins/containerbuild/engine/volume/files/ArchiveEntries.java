package io.jenkins.plugins.containerbuild.engine.volume.files;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Entries of one archive for another one, with their kinds, modes, numbers of owners and times. What else they have, such as
 * names of owners, which mean nothing elsewhere, and extended attributes, is left out.
 */
final class ArchiveEntries {

    private static final int PERMISSIONS = 07777;

    private ArchiveEntries() {}

    /**
     * The same entry under another name.
     *
     * @param prefix what its path begins with there; empty, or with a slash at its end
     */
    static TarArchiveEntry renamed(ReceivedTar.Item item, String prefix) {
        TarArchiveEntry from = item.header();
        boolean directory = from.isDirectory();
        String name = prefix + item.path();
        String whole = name.isEmpty() ? "./" : directory && !name.endsWith("/") ? name + '/' : name;
        TarArchiveEntry to = new TarArchiveEntry(whole, flag(from), true);
        to.setMode(from.getMode() & PERMISSIONS);
        to.setUserId(from.getLongUserId());
        to.setGroupId(from.getLongGroupId());
        to.setNames("", "");
        to.setLastModifiedTime(from.getLastModifiedTime());
        to.setSize(hasContent(to) ? item.size() : 0);
        if (item.link() != null) {
            to.setLinkName(from.isLink() ? prefix + item.link() : item.link());
        }
        return to;
    }

    /** Whether it is a regular file; the library takes links for files as well. */
    static boolean hasContent(TarArchiveEntry entry) {
        return entry.getLinkFlag() == TarConstants.LF_NORMAL;
    }

    private static byte flag(TarArchiveEntry from) {
        if (from.isDirectory()) {
            return TarConstants.LF_DIR;
        }
        if (from.isSymbolicLink()) {
            return TarConstants.LF_SYMLINK;
        }
        return from.isLink() ? TarConstants.LF_LINK : TarConstants.LF_NORMAL;
    }
}

package io.jenkins.plugins.containerbuild.engine.volume.files;

import io.jenkins.plugins.containerbuild.engine.volume.VolumeOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A file of this machine as the header of an entry: kind, mode with the set-id and sticky bits, owner, time. Windows has
 * neither modes nor numbers of owners: everything from there is root's and executable.
 *
 * @param header without the target of a symbolic link
 */
record LocalEntry(TarArchiveEntry header) {

    private static final int PERMISSIONS = 07777;
    private static final int MODE_WHERE_THERE_IS_NONE = 0755;

    /**
     * Looks at a file, without following links.
     *
     * @param owner whose it is in the archive; null for the owner here
     * @return null for what is neither file, directory nor link
     */
    static LocalEntry read(Path file, String name, VolumeOwner owner) throws IOException {
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (facts.isOther()) {
            return null;
        }
        byte flag = facts.isDirectory()
                ? TarConstants.LF_DIR
                : facts.isSymbolicLink() ? TarConstants.LF_SYMLINK : TarConstants.LF_NORMAL;
        TarArchiveEntry header = new TarArchiveEntry(facts.isDirectory() ? name + '/' : name, flag, true);
        header.setSize(facts.isRegularFile() ? facts.size() : 0);
        header.setLastModifiedTime(FileTime.from(facts.lastModifiedTime().toInstant()));
        header.setNames("", "");
        header.setMode(MODE_WHERE_THERE_IS_NONE);
        VolumeOwner found = new VolumeOwner(0, 0);
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            Map<String, Object> unix = Files.readAttributes(file, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
            header.setMode((Integer) unix.get("mode") & PERMISSIONS);
            found = new VolumeOwner(Integer.toUnsignedLong((Integer) unix.get("uid")), Integer.toUnsignedLong((Integer)
                    unix.get("gid")));
        }
        VolumeOwner given = owner == null ? found : owner;
        header.setUserId(given.uid());
        header.setGroupId(given.gid());
        return new LocalEntry(header);
    }
}

package io.jenkins.plugins.containerbuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A name of an image. Immutable; saved with the build. */
@ExportedBean(defaultVisibility = 4)
public final class ReportedName {

    private static final int SHORT_DIGEST = "sha256:".length() + 12;

    private final String name;
    private final String digest;

    ReportedName(String name, String digest) {
        this.name = Objects.requireNonNull(name, "name");
        this.digest = digest;
    }

    /** The name, such as {@code registry.example:5000/team/app:1}. */
    @Exported
    public String getName() {
        return name;
    }

    /** The digest under which the registry has it; null for a name that is in the daemon only. */
    @CheckForNull
    @Exported
    public String getDigest() {
        return digest;
    }

    /** The digest's beginning, for people. */
    @CheckForNull
    public String getShortDigest() {
        return digest == null || digest.length() <= SHORT_DIGEST ? digest : digest.substring(0, SHORT_DIGEST);
    }

    /** The name pinned to the digest, as a deployment should use it; null without a digest. */
    @CheckForNull
    public String getPinned() {
        if (digest == null) {
            return null;
        }
        int at = name.indexOf('@');
        return (at < 0 ? name : name.substring(0, at)) + '@' + digest;
    }
}

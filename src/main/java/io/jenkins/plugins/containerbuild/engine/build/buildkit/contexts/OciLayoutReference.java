package io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.content.OciLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image in a directory in OCI layout, written as for {@code docker buildx build}:
 * {@code oci-layout://DIRECTORY[:TAG][@DIGEST]}.
 *
 * @param layout the directory
 * @param digest the image's manifest or index
 */
record OciLayoutReference(OciLayout layout, String digest) {

    static final String PREFIX = "oci-layout://";

    private static final Pattern FORM =
            Pattern.compile(PREFIX + "(.+?)(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?");

    /**
     * Finds the image.
     *
     * @param root what the directory may not lie outside of, or null
     * @throws InvalidRequestException when the directory or the image in it is not there
     */
    static OciLayoutReference parse(String text, Path root) throws InvalidRequestException {
        String what = "could not use the option buildContexts with '" + text + "'";
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new InvalidRequestException(what, "it names no directory", "Write " + PREFIX + "DIRECTORY:TAG");
        }
        OciLayout layout = OciLayout.toRead(what, form.group(1), root)
                .orElseThrow(() -> new InvalidRequestException(
                        what, "there is no such directory", "Check the path, and that it was made before"));
        try {
            Optional<String> digest = find(layout, form.group(2), form.group(3));
            return new OciLayoutReference(
                    layout,
                    digest.orElseThrow(() -> new InvalidRequestException(
                            what,
                            "the directory has no such image",
                            "Its index.json names the images that are there; give one by its tag or digest")));
        } catch (IOException e) {
            throw new InvalidRequestException(
                    what, "its index.json cannot be read: " + e.getMessage(), "Make the directory anew", e);
        }
    }

    private static Optional<String> find(OciLayout layout, String tag, String digest) throws IOException {
        if (digest != null) {
            return Optional.of(digest).filter(layout::has);
        }
        if (tag != null) {
            return layout.tagged(tag);
        }
        Optional<String> latest = layout.tagged("latest");
        return latest.isPresent() ? latest : layout.single();
    }
}

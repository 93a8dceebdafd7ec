package io.jenkins.plugins.containerbuild.engine.registry.direct;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.Platform;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Chooses one of several images by its platform.
 *
 * @param images at least one
 */
record PlatformChoice(ImageReference name, List<IndexEntry> images) {

    private static final Platform USUAL = new Platform("linux", "amd64", null);

    /**
     * The image for a platform, or the usual one.
     *
     * @param wanted null for the usual one
     * @throws InvalidRequestException when there is no such image; the message lists those there are
     */
    IndexEntry choose(Platform wanted) throws InvalidRequestException {
        if (wanted == null) {
            return find(USUAL).orElse(images.get(0));
        }
        return find(wanted)
                .orElseThrow(() -> new InvalidRequestException(
                        "could not inspect " + name.familiar() + " for the platform " + wanted,
                        "there is no such image, only for "
                                + images.stream().map(IndexEntry::platform).collect(Collectors.joining(", ")),
                        "Choose one of these, or build the image for " + wanted + " as well"));
    }

    /** The very variant comes first, and any of them where none is asked for. */
    private Optional<IndexEntry> find(Platform wanted) {
        String key = IndexEntry.key(wanted.toString());
        Predicate<Platform> exact = is -> IndexEntry.key(is.toString()).equals(key);
        Predicate<Platform> alike = is -> wanted.variant() == null
                && is.os().equals(wanted.os())
                && (wanted.architecture() == null || wanted.architecture().equals(is.architecture()));
        return first(exact).or(() -> first(alike));
    }

    private Optional<IndexEntry> first(Predicate<Platform> fits) {
        return images.stream().filter(image -> fits.test(image.plainPlatform())).findFirst();
    }
}

package io.jenkins.plugins.containerbuild.engine.build.buildkit.contexts;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.content.OciLayout;
import io.jenkins.plugins.containerbuild.engine.build.buildkit.filesync.SyncDirectory;
import io.jenkins.plugins.containerbuild.engine.build.context.ContextDirectory;
import io.jenkins.plugins.containerbuild.engine.build.context.RemoteContext;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.InvalidReferenceException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The contexts besides the one: directories, images, addresses, each with the name by which a Dockerfile takes it in
 * {@code FROM} and {@code --from}.
 *
 * @param attributes what the daemon's frontend is told of them
 * @param directories those that are directories here, by the names that the daemon asks for
 * @param stores those that are images in directories here, by the ids that the daemon asks for
 */
record NamedContexts(
        Map<String, String> attributes, Map<String, SyncDirectory> directories, Map<String, OciLayout> stores) {

    private static final String IMAGE = "docker-image://";
    private static final String LATEST = ":latest";
    private static final Set<String> TAKEN = Set.of(Contexts.CONTEXT, Contexts.DOCKERFILE);
    private static final Pattern ID = Pattern.compile("sha256:[0-9a-f]+|[0-9a-f]{64}");

    /**
     * Opens them.
     *
     * @param root what directories may not lie outside of, or null
     */
    static NamedContexts open(Map<String, String> contexts, Path root) throws InvalidRequestException {
        Map<String, String> attributes = new LinkedHashMap<>();
        Map<String, SyncDirectory> directories = new LinkedHashMap<>();
        Map<String, OciLayout> stores = new LinkedHashMap<>();
        for (Map.Entry<String, String> context : contexts.entrySet()) {
            String name = name(context.getKey());
            String value = context.getValue();
            Optional<RemoteContext> remote = RemoteContext.of(value);
            if (remote.isPresent()) {
                refusePassword(remote.get());
                refuseSshUrl(remote.get());
                attributes.put("context:" + name, value);
            } else if (value.startsWith(IMAGE)) {
                refuseImageId(value);
                attributes.put("context:" + name, value);
            } else if (value.startsWith(OciLayoutReference.PREFIX)) {
                OciLayoutReference image = OciLayoutReference.parse(value, root);
                String store = "layout" + stores.size();
                stores.put("oci:" + store, image.layout());
                attributes.put("context:" + name, OciLayoutReference.PREFIX + store + '@' + image.digest());
            } else {
                Contexts.refuseOtherAddress("the build context " + name + " from", value);
                ContextDirectory directory = ContextDirectory.open(Path.of(value), root);
                // The session knows the context itself and the Dockerfile's directory by these names.
                String local = TAKEN.contains(name) ? "_" + name : name;
                String place = directory.directory().toUri().toString();
                directories.put(local, new SyncDirectory(place, directory::files));
                attributes.put("context:" + name, "local:" + local);
                // Newer daemons tell directories of one name apart by it.
                attributes.put("sharedkey:localdir:" + name, SharedKey.of(place));
            }
        }
        if (!contexts.isEmpty()) {
            attributes.put("frontend.caps", UnknownNamedContexts.CAPABILITY + "+forward");
        }
        return new NamedContexts(attributes, directories, stores);
    }

    /** The daemon looks names up as it would look up images: shortened, without the tag that goes without saying. */
    private static String name(String given) throws InvalidRequestException {
        try {
            String familiar = ImageReference.parse(given).familiar();
            return familiar.endsWith(LATEST) ? familiar.substring(0, familiar.length() - LATEST.length()) : familiar;
        } catch (InvalidReferenceException e) {
            throw new InvalidRequestException(
                    "could not use the option buildContexts with the name '" + given + "'",
                    e.getMessage(),
                    "Use a name as for a stage or an image, in lower-case letters",
                    e);
        }
    }

    private static void refuseImageId(String value) throws InvalidRequestException {
        String image = value.substring(IMAGE.length());
        if (image.isEmpty() || ID.matcher(image).matches()) {
            throw new InvalidRequestException(
                    "could not use the option buildContexts with '" + value + "'",
                    image.isEmpty() ? "it names no image" : "BuildKit finds images by their names alone, not by ids",
                    "Give the other build a tag and write docker-image:// and the tag");
        }
    }

    /** No BuildKit of today takes one here, though it does as the context itself and in {@code ADD}. */
    private static void refuseSshUrl(RemoteContext remote) throws InvalidRequestException {
        if (remote.isSshUrl()) {
            throw new InvalidRequestException(
                    "could not use the option buildContexts with '" + remote.shown() + "'",
                    "BuildKit takes an ssh:// address for the build's own context only",
                    "Write it as git@host:path, or let ADD fetch it in a stage of its own");
        }
    }

    static void refusePassword(RemoteContext remote) throws InvalidRequestException {
        if (remote.hasPassword()) {
            throw new InvalidRequestException(
                    "could not use the build context " + remote.shown(),
                    "its address holds a password, which logs and records of the build would show",
                    "Leave it out of the address and give it as the secret GIT_AUTH_TOKEN, or use SSH");
        }
    }
}
